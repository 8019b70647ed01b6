/** What a key means while the map is walked through, not edited. Row and column -1 are headings. */
export type Intent =
  | { do: 'go'; row: number; column: number; isRange: boolean }
  | { do: 'edit'; text?: string }
  | { do: 'shift' | 'raise'; by: -1 | 1; isTarget?: boolean }
  | { do: 'empty' | 'undo' | 'redo' | 'find' | 'help' | 'menu' | 'all' };

export interface Size {
  rows: number;
  columns: number;
}
export type At = readonly [row: number, column: number];

const STEPS: Record<string, [rows: number, columns: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1]
};

/** Return what the key asks for; null leaves it to the page. */
export function intentOf(
  event: KeyboardEvent,
  at: At,
  size: Size
): Intent | null {
  if (event.key in STEPS) {
    return arrowIntent(event, at, size);
  }
  const isHeading = at[0] < 0 || at[1] < 0;
  switch (event.key) {
    case 'Home':
    case 'End':
    case 'Tab':
      return jumpIntent(event, at, size);
    case 'Enter':
    case 'F2':
      return { do: 'edit' };
    case ' ':
      return { do: isHeading ? 'menu' : 'edit' };
    case 'ContextMenu':
      return { do: 'menu' };
    case 'F10':
      return event.shiftKey ? { do: 'menu' } : null;
    case 'F1':
      return { do: 'help' };
    case 'Delete':
    case 'Backspace':
      return { do: 'empty' };
  }
  if (event.ctrlKey || event.metaKey) {
    return commandIntent(event);
  }
  if (event.key === '?') {
    return { do: 'help' };
  }
  return event.key.length === 1 && !event.altKey && !isHeading
    ? { do: 'edit', text: event.key }
    : null;
}

function arrowIntent(
  event: KeyboardEvent,
  [row, column]: At,
  size: Size
): Intent | null {
  const [down, right] = STEPS[event.key];
  if (event.altKey) {
    return { do: 'shift', by: (down || right) as -1 | 1 };
  }
  if (event.ctrlKey || event.metaKey) {
    return down
      ? { do: 'raise', by: -down as -1 | 1, isTarget: event.shiftKey }
      : null;
  }
  const isRange = event.shiftKey;
  const least = isRange ? 0 : -1;
  const [to, across] = [row + down, column + right];
  const isThere =
    to >= least &&
    across >= least &&
    to < size.rows &&
    across < size.columns &&
    (to >= 0 || across >= 0);
  return isThere
    ? { do: 'go', row: to, column: across, isRange }
    : { do: 'go', row, column, isRange };
}

function jumpIntent(
  event: KeyboardEvent,
  [row, column]: At,
  size: Size
): Intent | null {
  const isCommand = event.ctrlKey || event.metaKey;
  const isRange = event.shiftKey;
  if (event.key === 'Home') {
    return { do: 'go', row: isCommand ? 0 : row, column: 0, isRange };
  }
  if (event.key === 'End') {
    const last = size.rows - 1;
    return {
      do: 'go',
      row: isCommand ? last : row,
      column: size.columns - 1,
      isRange
    };
  }
  // Beyond the ends Tab leaves the map: nobody is held in it.
  const at =
    Math.max(row, 0) * size.columns +
    Math.max(column, 0) +
    (row < 0 || column < 0 ? 0 : event.shiftKey ? -1 : 1);
  const isThere = at >= 0 && at < size.rows * size.columns;
  return isThere && !(event.shiftKey && (row < 0 || column < 0))
    ? {
        do: 'go',
        row: Math.floor(at / size.columns),
        column: at % size.columns,
        isRange: false
      }
    : null;
}

function commandIntent(event: KeyboardEvent): Intent | null {
  const key = event.key.toLowerCase();
  if (key === 'z') {
    return { do: event.shiftKey ? 'redo' : 'undo' };
  }
  const known: Record<string, Intent> = {
    y: { do: 'redo' },
    f: { do: 'find' },
    a: { do: 'all' }
  };
  return known[key] ?? null;
}
