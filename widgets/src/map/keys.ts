/** What a key means while the map is walked through, not edited. Row and column -1 are headings. */
import { stepOf, walked } from '../keys/walk';

export type Intent =
  | { do: 'go'; row: number; column: number; isRange: boolean }
  | { do: 'edit'; text?: string }
  | { do: 'shift' | 'raise'; by: -1 | 1; isTarget?: boolean }
  | {
      do: 'empty' | 'drop' | 'undo' | 'redo' | 'find' | 'help' | 'menu' | 'all';
    };

export interface Size {
  rows: number;
  columns: number;
}
export type At = readonly [row: number, column: number];

export function isHeading([row, column]: At): boolean {
  return row < 0 || column < 0;
}

/** Return what the key asks for; null leaves it to the page. */
export function intentOf(
  event: KeyboardEvent,
  at: At,
  size: Size
): Intent | null {
  const go = goIntent(event, at, size);
  if (go) {
    return go;
  }
  if (event.key === ' ') {
    return { do: isHeading(at) ? 'menu' : 'edit' };
  }
  if (event.key in PLAIN && (event.key !== 'F10' || event.shiftKey)) {
    return { do: PLAIN[event.key] };
  }
  if (event.ctrlKey || event.metaKey) {
    return commandIntent(event);
  }
  if (event.key === '?') {
    return { do: 'help' };
  }
  if (isHeading(at)) {
    return null;
  }
  // An input method hides which key it was, and goes on in the field that opens.
  if (event.key === 'Process' || event.keyCode === 229) {
    return { do: 'edit', text: '' };
  }
  return event.key.length === 1 && !event.altKey
    ? { do: 'edit', text: event.key }
    : null;
}

function goIntent(
  event: KeyboardEvent,
  [row, column]: At,
  size: Size
): Intent | null {
  const [down, right] = stepOf(event) ?? [0, 0];
  const isArrow = down !== 0 || right !== 0;
  if (isArrow && event.altKey) {
    return { do: 'shift', by: (down || right) as -1 | 1 };
  }
  if (isArrow && (event.ctrlKey || event.metaKey)) {
    return down
      ? { do: 'raise', by: -down as -1 | 1, isTarget: event.shiftKey }
      : null;
  }
  const to = walked(
    event,
    { row, column },
    { ...size, page: size.rows, first: 0 }
  );
  if (!to) {
    return null;
  }
  const isRange = event.shiftKey && event.key !== 'Tab';
  // A range is of cells; and nothing stands in the corner.
  const isThere = isRange
    ? to.row >= 0 && to.column >= 0
    : to.row >= 0 || to.column >= 0;
  return { do: 'go', ...(isThere ? to : { row, column }), isRange };
}

function commandIntent(event: KeyboardEvent): Intent | null {
  const key = event.key.toLowerCase();
  const command = COMMANDS[key === 'z' && event.shiftKey ? 'y' : key];
  return command ? { do: command } : null;
}

type Plain = Exclude<Intent['do'], 'go' | 'shift' | 'raise'>;

const PLAIN: Record<string, Plain> = {
  Enter: 'edit',
  F2: 'edit',
  ContextMenu: 'menu',
  F10: 'menu',
  F1: 'help',
  Escape: 'drop',
  Delete: 'empty',
  Backspace: 'empty'
};
const COMMANDS: Record<string, Plain> = {
  z: 'undo',
  y: 'redo',
  f: 'find',
  a: 'all'
};
