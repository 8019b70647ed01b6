/** Where a key leads on a grid that is walked through; row and column -1 are headings. */
export interface Place {
  row: number;
  column: number;
}

export interface Ground {
  rows: number;
  columns: number;
  /** Rows that PageUp and PageDown pass. */
  page: number;
  /** The first row and column that Tab stops at: 0, or -1 where it takes headings, too. */
  first: number;
}

const STEPS: Record<string, [rows: number, columns: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1]
};

/** Return which way an arrow key points; null for other keys. */
export function stepOf({ key }: KeyboardEvent): [number, number] | null {
  return STEPS[key] ?? null;
}

/** Return where the key leads; null if it leads nowhere on this grid. */
export function walked(
  event: KeyboardEvent,
  { row, column }: Place,
  ground: Ground
): Place | null {
  const last = { row: ground.rows - 1, column: ground.columns - 1 };
  const isFar = event.ctrlKey || event.metaKey;
  const to = (down: number, right: number): Place => ({
    row: Math.max(-1, Math.min(last.row, down)),
    column: Math.max(-1, Math.min(last.column, right))
  });
  const step = stepOf(event);
  if (step) {
    const [down, right] = step;
    const far = isFar ? ground.rows + ground.columns : 1;
    // Ctrl+ArrowUp stops at the first row, not at the header.
    const isBelowHeader = isFar && down < 0 && row > 0;
    const up = row + down * far;
    return to(isBelowHeader ? Math.max(0, up) : up, column + right * far);
  }
  switch (event.key) {
    case 'Home':
      return to(isFar ? 0 : row, 0);
    case 'End':
      return to(isFar ? last.row : row, last.column);
    case 'PageUp':
      return to(Math.max(Math.min(row, 0), row - ground.page), column);
    case 'PageDown':
      return to(row + ground.page, column);
    case 'Tab':
      return tabbed({ row, column }, event.shiftKey ? -1 : 1, ground);
  }
  return null;
}

/** Cell by cell, row by row. Beyond the ends Tab leaves the grid: nobody is held in it. */
export function tabbed(
  { row, column }: Place,
  by: number,
  { rows, columns, first }: Omit<Ground, 'page'>
): Place | null {
  if (row < first || column < first) {
    const into = { row: Math.max(first, row), column: Math.max(first, column) };
    return by > 0 && rows > into.row && columns > into.column ? into : null;
  }
  if (column + by >= first && column + by < columns) {
    return { row, column: column + by };
  }
  const next = row + by;
  return next >= first && next < rows
    ? { row: next, column: by > 0 ? first : columns - 1 }
    : null;
}
