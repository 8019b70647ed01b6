/** What a key means while the table is walked through, not edited. */

import type { Place } from '../keys/walk';
import { walked } from '../keys/walk';

export type At = Place;

export interface Size {
  rows: number;
  columns: number;
  /** Rows in sight. */
  page: number;
}

export type Intent =
  | { do: 'go'; at: At; extends: boolean }
  | { do: 'edit'; text?: string }
  | { do: 'all' | 'empty' | 'undo' | 'redo' | 'menu' | 'delete' | 'toggle' }
  | { do: 'help' }
  | { do: 'insert'; where: 'above' | 'below' };

/** Return what the key asks for; null leaves it to the page. */
export function intentOf(
  event: KeyboardEvent,
  at: At,
  size: Size
): Intent | null {
  const isCommand = event.ctrlKey || event.metaKey;
  if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
    return { do: 'menu' };
  }
  if (event.key === 'F1' || event.key === '?') {
    return { do: 'help' };
  }
  if (event.altKey) {
    return event.key === 'ArrowDown' ? { do: 'menu' } : null;
  }
  const to = walked(event, at, { ...size, first: -1 });
  if (to) {
    const isSelecting = event.shiftKey && event.key !== 'Tab';
    return { do: 'go', at: to, extends: isSelecting };
  }
  return (
    actOf(event, isCommand) ?? (isCommand ? commandOf(event) : typingOf(event))
  );
}

function actOf(event: KeyboardEvent, isCommand: boolean): Intent | null {
  switch (event.key) {
    case 'Enter':
      return event.shiftKey ? { do: 'insert', where: 'below' } : { do: 'edit' };
    case 'F2':
      return { do: 'edit' };
    case ' ':
      return isCommand ? null : { do: 'toggle' };
    case 'Insert':
      return isCommand || event.shiftKey
        ? null
        : { do: 'insert', where: 'above' };
    case 'Delete':
      return isCommand ? { do: 'delete' } : { do: 'empty' };
    case 'Backspace':
      return { do: 'empty' };
  }
  return null;
}

function commandOf(event: KeyboardEvent): Intent | null {
  switch (event.key.toLowerCase()) {
    case 'a':
      return { do: 'all' };
    case 'z':
      return { do: event.shiftKey ? 'redo' : 'undo' };
    case 'y':
      return { do: 'redo' };
  }
  return null;
}

function typingOf(event: KeyboardEvent): Intent | null {
  // An input method's first key: it goes on in the field that opens now.
  if (event.key === 'Process' || event.keyCode === 229) {
    return { do: 'edit', text: '' };
  }
  return event.key.length === 1 ? { do: 'edit', text: event.key } : null;
}
