/** The heading of a stage or a lane: its name, its menu, and the place where it is renamed. */
import type { ComponentChildren } from 'preact';

import { same } from '../store/defaults';
import type { Axis } from './actions';
import { axisOf } from './actions';
import { Editor } from './editor';
import type { At } from './keys';
import type { Typing } from './use_editing';
import type { Desk } from './use_map';
import { fill } from './words';

export interface Handles {
  desk: Desk;
  typing: Typing;
  /** Which heading something dragged would be put before: its id, or '' for the end. */
  drop: { axis: Axis; before: string } | null;
  openMenu: (at: At, x: number, y: number) => void;
  grab: (event: PointerEvent, at: At) => void;
}

/** What a cell or a heading needs in order to be stood at; an open editor has a menu of its own. */
export function standing({ desk, openMenu }: Handles, at: At, isOpen: boolean) {
  return {
    'data-at': at.join(','),
    tabIndex: same(desk.at, at) && !isOpen ? 0 : -1,
    onFocus: () => desk.arrive(at),
    onContextMenu: (event: MouseEvent) => {
      if (!isOpen) {
        event.preventDefault();
        event.stopPropagation();
        openMenu(at, event.clientX, event.clientY);
      }
    }
  };
}

interface HeadingProps {
  handles: Handles;
  at: At;
  id: string;
  name: string;
  class: string;
  children?: ComponentChildren;
  before?: ComponentChildren;
}

export function Heading(props: HeadingProps) {
  const { at, id, name } = props;
  const { desk, typing, drop, openMenu, grab } = props.handles;
  const { words } = desk;
  const axis = axisOf(at);
  const { editing } = typing;
  const isOpen = editing !== null && same(editing.at, at);
  const menu = (button: HTMLElement) => {
    const box = button.getBoundingClientRect();
    openMenu(at, box.left, box.bottom + 2);
  };
  return (
    <div
      role={axis === 'stages' ? 'columnheader' : 'rowheader'}
      class={props.class}
      data-axis={axis}
      data-id={id}
      data-drop={
        drop?.axis === axis && drop.before === id ? 'before' : undefined
      }
      {...standing(props.handles, at, isOpen)}
      aria-label={name}
      onDblClick={() =>
        !desk.isReadOnly && !isOpen && typing.openName(at, name)
      }
      onPointerDown={event => grab(event, at)}
    >
      {props.before}
      {isOpen ? (
        <Editor
          {...{ typing, editing, words }}
          label={fill(words.new_name, { name })}
        />
      ) : (
        <div class="jj-headline">
          <span>{name}</span>
          {props.children}
        </div>
      )}
      <button
        class="jj-dots"
        tabIndex={-1}
        aria-haspopup="menu"
        aria-label={fill(words.menu_of, { name })}
        onClick={event => menu(event.currentTarget)}
      >
        ⋯
      </button>
    </div>
  );
}
