/** What is done to many cells at once: each returns one patch, which is one undo step. */
import { LIMIT, newKey } from '../store/frame';
import type { FrameState } from '../store/frame';
import type { Field, Op, Value } from '../store/frame_types';
import { INDEX } from '../store/frame_types';
import { fromPlain, typed } from '../store/frame_values';
import type { Voice } from './words';
import { counted, fill } from './words';

/** What stands where: the visible rows by key and the visible columns by position. */
export interface Grid {
  state: FrameState;
  keys: readonly number[];
  columns: readonly number[];
  locked: ReadonlySet<number>;
  voice: Voice;
}

export interface Area {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** A text for a cell, and what that cell held for whoever wrote it. */
interface Entry {
  row: number;
  column: number;
  text: string;
  old: Value;
}

export interface Misfit {
  row: number;
  column: number;
  text: string;
  reason: string;
}

export interface Block {
  ops: Op[];
  misfits: Misfit[];
  area: Area;
  /** Why nothing is done. */
  problem?: string;
}

export function fieldAt({ state }: Grid, column: number): Field | null {
  return column === INDEX
    ? state.about.index.field
    : state.about.columns[column];
}

/** Return why a cell can't be edited; an empty text where it can. */
export function obstacle(grid: Grid, row: number, column: number): string {
  const field = fieldAt(grid, column);
  const { words } = grid.voice;
  if (grid.locked.has(row)) {
    return words.row_is_locked;
  }
  return field?.editable
    ? ''
    : fill(words.cannot_edit, { column: field?.label ?? words.row_header });
}

export function textsOf(grid: Grid, area: Area): string[][] {
  const { rows } = grid.state;
  return range(area.top, area.bottom).map(row =>
    range(area.left, area.right).map(column =>
      fromPlain(
        rows.value(grid.keys[row], column < 0 ? INDEX : grid.columns[column])
      )
    )
  );
}

/** Put the same text into all cells of an area; what is typed, or nothing to empty them. */
export function filled(grid: Grid, area: Area, text: string): Block {
  const height = area.bottom - area.top + 1;
  const width = area.right - area.left + 1;
  const line = Array.from({ length: width }, () => text);
  return pasted(
    grid,
    area,
    Array.from({ length: height }, () => line)
  );
}

/** Put a block of texts where the area begins; a single text fills the whole area. */
export function pasted(grid: Grid, area: Area, block: string[][]): Block {
  if (
    block.length === 1 &&
    block[0].length === 1 &&
    area.bottom + area.right > area.top + area.left
  ) {
    return filled(grid, area, block[0][0]);
  }
  const { words } = grid.voice;
  const width = block.reduce((most, line) => Math.max(most, line.length), 0);
  const bottom = area.top + block.length - 1;
  const reached = { ...area, bottom, right: area.left + width - 1 };
  const none = { ops: [], misfits: [], area: reached };
  if (block.length * width > LIMIT) {
    return {
      ...none,
      problem: fill(words.too_many, { limit: counted(LIMIT, grid.voice) })
    };
  }
  if (area.left + width > grid.columns.length) {
    return { ...none, problem: words.too_wide };
  }
  const { about, rows } = grid.state;
  const more = Math.max(0, bottom + 1 - grid.keys.length);
  if (more && !about.index.grows) {
    return { ...none, problem: words.no_new_rows };
  }
  const added = Array.from({ length: more }, newKey);
  const keys = [...grid.keys.slice(area.top), ...added];
  const last = rows.keys.at(-1) ?? null;
  const cells = block.flatMap((line, down) =>
    line.map((text, right) => {
      const row = keys[down];
      const place = area.left + right;
      const column = place < 0 ? INDEX : grid.columns[place];
      return { row, column, text, old: rows.value(row, column) };
    })
  );
  const insert: Op[] = more ? [{ op: 'insert', after: last, rows: added }] : [];
  const { ops, misfits } = entered(grid, cells);
  return { area: reached, ops: [...insert, ...ops], misfits };
}

/** Put a text into each of these cells, wherever they stand. */
export function entered(
  grid: Grid,
  cells: readonly Entry[]
): Pick<Block, 'ops' | 'misfits'> {
  const changes = cells.map(cell => changeOf(grid, cell));
  return {
    ops: changes.flatMap(change => ('op' in change ? [change] : [])),
    misfits: changes.flatMap(change => ('reason' in change ? [change] : []))
  };
}

function changeOf(grid: Grid, { row, column, text, old }: Entry): Op | Misfit {
  const problem = obstacle(grid, row, column);
  const field = fieldAt(grid, column);
  if (problem || !field) {
    return { row, column, text, reason: problem };
  }
  const read = typed(text, field);
  if ('flaw' in read) {
    const reason = fill(grid.voice.words[read.flaw], read.fields);
    return { row, column, text, reason };
  }
  return { op: 'set', row, column, old, new: read.value };
}

function range(first: number, last: number): number[] {
  return Array.from(
    { length: Math.max(0, last - first + 1) },
    (_, at) => first + at
  );
}
