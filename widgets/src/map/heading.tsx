/** The heading of a stage or a lane: its name, its menu, and the place where it is renamed. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

import type { Axis } from './actions';
import type { At } from './keys';
import { useUniqueId } from './unique';
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
  const isOpen =
    typing.editing !== null && String(typing.editing.at) === String(at);
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
      onDblClick={() => !desk.isReadOnly && typing.openName(at, name)}
      onPointerDown={event => grab(event, at)}
      onContextMenu={event => {
        event.preventDefault();
        event.stopPropagation();
        openMenu(at, event.clientX, event.clientY);
      }}
    >
      {props.before}
      {isOpen ? (
        <NameField {...{ typing, at, name }} words={desk.words} />
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

interface NameFieldProps {
  typing: Typing;
  at: At;
  name: string;
  words: Desk['words'];
}

function NameField({ typing, at, name, words }: NameFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const isOver = useRef(false);
  const noteId = useUniqueId();
  const [text, setText] = useState(name);
  const flaw = typing.flawOfName(text, at);
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const end = (action: () => void) => {
    if (!isOver.current) {
      isOver.current = true;
      action();
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.isComposing) {
      return;
    }
    if (event.key === 'Escape') {
      end(typing.cancel);
    } else if (event.key === 'Enter' && !flaw) {
      end(() => typing.commit(text, 'stay'));
    }
  };
  return (
    <div class="jj-editor">
      <input
        ref={field}
        class="jj-field"
        aria-label={fill(words.new_name, { name })}
        aria-invalid={flaw ? 'true' : undefined}
        aria-describedby={flaw ? noteId : undefined}
        value={text}
        onInput={event => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onPointerDown={event => event.stopPropagation()}
        onBlur={() => end(() => typing.commit(text, 'leave'))}
      />
      {flaw && (
        <p class="jj-flaw" id={noteId} role="alert">
          {flaw}
        </p>
      )}
    </div>
  );
}
