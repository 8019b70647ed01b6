/** What a key means while the map is walked through, not edited. */
export type Intent =
  | { do: 'go'; row: number; column: number }
  | { do: 'edit'; text?: string }
  | { do: 'empty' | 'undo' | 'redo' };

interface Size {
  rows: number;
  columns: number;
}

const STEPS: Record<string, [rows: number, columns: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1]
};

/** Return what the key asks for; null leaves it to the page. */
export function intentOf(
  event: KeyboardEvent,
  [row, column]: readonly [number, number],
  size: Size
): Intent | null {
  const isCommand = event.ctrlKey || event.metaKey;
  const go = (toRow: number, toColumn: number): Intent | null =>
    toRow >= 0 && toRow < size.rows && toColumn >= 0 && toColumn < size.columns
      ? { do: 'go', row: toRow, column: toColumn }
      : null;
  if (event.key in STEPS && !event.altKey && !isCommand) {
    const [down, right] = STEPS[event.key];
    return go(row + down, column + right) ?? go(row, column);
  }
  switch (event.key) {
    case 'Home':
      return go(isCommand ? 0 : row, 0);
    case 'End':
      return go(isCommand ? size.rows - 1 : row, size.columns - 1);
    case 'Tab': {
      // Beyond the ends Tab leaves the map: nobody is held in it.
      const at = row * size.columns + column + (event.shiftKey ? -1 : 1);
      return go(
        Math.floor(at / size.columns),
        at - Math.floor(at / size.columns) * size.columns
      );
    }
    case 'Enter':
    case 'F2':
    case ' ':
      return { do: 'edit' };
    case 'Delete':
    case 'Backspace':
      return { do: 'empty' };
  }
  if (isCommand) {
    return historyIntent(event);
  }
  return event.key.length === 1 && !event.altKey
    ? { do: 'edit', text: event.key }
    : null;
}

function historyIntent(event: KeyboardEvent): Intent | null {
  const key = event.key.toLowerCase();
  if (key === 'z') {
    return { do: event.shiftKey ? 'redo' : 'undo' };
  }
  return key === 'y' ? { do: 'redo' } : null;
}
