/** The heading of a stage or a lane: its name, its menu, and the place where it is renamed. */
import type { ComponentChildren } from 'preact';

import type { Axis } from './actions';
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
  const axis: Axis = at[0] < 0 ? 'stages' : 'lanes';
  const isHere = String(desk.at) === String(at);
  const { editing } = typing;
  const isOpen = editing !== null && String(editing.at) === String(at);
  const menu = (button: HTMLElement) => {
    const box = button.getBoundingClientRect();
    openMenu(at, box.left, box.bottom + 2);
  };
  return (
    <div
      role={axis === 'stages' ? 'columnheader' : 'rowheader'}
      class={props.class}
      data-at={at.join(',')}
      data-axis={axis}
      data-id={id}
      data-drop={
        drop?.axis === axis && drop.before === id ? 'before' : undefined
      }
      tabIndex={isHere && !isOpen ? 0 : -1}
      aria-label={name}
      onFocus={() => desk.arrive(at)}
      onDblClick={() =>
        !desk.isReadOnly && !isOpen && typing.openName(at, name)
      }
      onPointerDown={event => grab(event, at)}
      onContextMenu={event => {
        event.preventDefault();
        event.stopPropagation();
        openMenu(at, event.clientX, event.clientY);
      }}
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
