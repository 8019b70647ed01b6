/** The heading of a stage or a lane: its name, its menu, and the place where it is renamed. */
import type { ComponentChildren } from 'preact';

import { same } from '../store/defaults';
import { axisOf } from './actions';
import { Editor } from './editor';
import type { At } from './keys';
import type { Tools } from './menus';
import { fill } from './words';

/** What a cell or a heading needs in order to be stood at; an open editor has a menu of its own. */
export function standing({ desk, openMenu }: Tools, at: At, isOpen: boolean) {
  return {
    'data-at': at.join(','),
    tabIndex: same(desk.at, at) && !isOpen ? 0 : -1,
    onFocus: () => desk.arrive(at),
    onContextMenu: (event: MouseEvent) => {
      if (!isOpen) {
        event.preventDefault();
        event.stopPropagation();
        openMenu(at, event);
      }
    }
  };
}

/** Where a menu opens: at the mouse, or below an element. */
export function below(where: Element | MouseEvent): { x: number; y: number } {
  if ('clientX' in where) {
    return { x: where.clientX, y: where.clientY };
  }
  const { left, bottom } = where.getBoundingClientRect();
  return { x: left, y: bottom + 2 };
}

interface HeadingProps {
  tools: Tools;
  at: At;
  id: string;
  name: string;
  class: string;
  children?: ComponentChildren;
  before?: ComponentChildren;
}

export function Heading(props: HeadingProps) {
  const { at, id, name } = props;
  const { desk, typing, drags, openMenu } = props.tools;
  const { words, kept } = desk;
  const axis = axisOf(at);
  const { editing } = typing;
  const isOpen = editing !== null && same(editing.at, at);
  return (
    <div
      role={axis === 'stages' ? 'columnheader' : 'rowheader'}
      class={props.class}
      data-axis={axis}
      data-id={id}
      data-drop={
        (kept.drop?.axis === axis && kept.drop.before === id) || undefined
      }
      {...standing(props.tools, at, isOpen)}
      aria-label={name}
      onDblClick={() =>
        !desk.isReadOnly && !isOpen && typing.openName(at, name)
      }
      onPointerDown={event => drags.grab(event, at)}
    >
      {props.before}
      {isOpen ? (
        <Editor
          {...{ typing, editing, words }}
          id={desk.id}
          label={fill(words.new_name, { name })}
        />
      ) : (
        <div class="jj-headline">
          <span>{name}</span>
          {props.children}
        </div>
      )}
      {!desk.isReadOnly && (
        <button
          class="jj-dots"
          tabIndex={-1}
          aria-haspopup="menu"
          aria-label={fill(words.menu_of, { name })}
          onClick={event => openMenu(at, event.currentTarget)}
        >
          ⋯
        </button>
      )}
    </div>
  );
}
