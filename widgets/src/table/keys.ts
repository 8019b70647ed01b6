/** What a key means while the table is walked through, not edited. */

/** Row -1 is the header, column -1 the row's label. */
export interface At {
  row: number;
  column: number;
}

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
  | { do: 'insert'; where: 'above' | 'below' };

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
  const isCommand = event.ctrlKey || event.metaKey;
  if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
    return { do: 'menu' };
  }
  if (event.altKey) {
    return event.key === 'ArrowDown' ? { do: 'menu' } : null;
  }
  return (
    moveOf(event, at, size, isCommand) ??
    actOf(event, isCommand) ??
    (isCommand ? commandOf(event) : typingOf(event))
  );
}

function moveOf(
  event: KeyboardEvent,
  at: At,
  size: Size,
  isCommand: boolean
): Intent | null {
  const last = { row: size.rows - 1, column: size.columns - 1 };
  const go = (row: number, column: number): Intent => ({
    do: 'go',
    at: {
      row: Math.max(-1, Math.min(last.row, row)),
      column: Math.max(-1, Math.min(last.column, column))
    },
    extends: event.shiftKey && event.key !== 'Tab'
  });
  if (event.key in STEPS) {
    const [down, right] = STEPS[event.key];
    const far = isCommand ? size.rows + size.columns : 1;
    const row = at.row + down * far;
    // Ctrl+ArrowUp stops at the first row, not at the header.
    return go(
      isCommand && down < 0 && at.row > 0 ? Math.max(0, row) : row,
      at.column + right * far
    );
  }
  switch (event.key) {
    case 'Home':
      return go(isCommand ? 0 : at.row, 0);
    case 'End':
      return go(isCommand ? last.row : at.row, last.column);
    case 'PageUp':
      return go(Math.max(Math.min(at.row, 0), at.row - size.page), at.column);
    case 'PageDown':
      return go(at.row + size.page, at.column);
    case 'Tab': {
      // Beyond the ends Tab leaves the table: nobody is held in it.
      const next = at.column + (event.shiftKey ? -1 : 1);
      if (next >= -1 && next < size.columns) {
        return go(at.row, next);
      }
      const row = at.row + (event.shiftKey ? -1 : 1);
      return row >= -1 && row < size.rows
        ? go(row, event.shiftKey ? last.column : -1)
        : null;
    }
  }
  return null;
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
