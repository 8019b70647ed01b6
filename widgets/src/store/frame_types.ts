/** What a frame is to its page; the Python twins stand in `jupyter_journey/grids/frame_*.py`. */
import type { Layout } from './frame_columns';

export type Kind =
  | 'text'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'choice'
  | 'tags'
  | 'other';

export type Value = string | number | boolean | string[] | null;

export interface Field {
  label: string;
  kind: Kind;
  dtype: string;
  editable: boolean;
  nullable: boolean;
  options: string[];
  minimum: number | null;
  maximum: number | null;
  pattern: string | null;
  zone: string | null;
}

/** The labels of the rows; without a field they can't be edited. */
export interface Labels {
  label: string;
  field: Field | null;
  /** Where the labels only count, they follow from the row's position. */
  start: number;
  step: number;
  /** Whether rows can be added. */
  grows: boolean;
}

export interface About {
  frame_id: string;
  revision: number;
  size: number;
  columns: Field[];
  index: Labels;
  can_undo: boolean;
  can_redo: boolean;
}

/** Stands for the row's label where a column is expected. */
export const INDEX = -1;

export type Op =
  | { op: 'set'; row: number; column: number; old: Value; new: Value }
  | { op: 'insert'; after: number | null; rows: number[] }
  | { op: 'delete'; rows: number[] };

/** A change as Python made it. */
export type Made =
  | { op: 'set'; row: number; column: number; new: Value }
  | {
      op: 'insert';
      after: number | null;
      rows: number[];
      labels?: Value[] | null;
      values?: Value[][];
    }
  | { op: 'delete'; rows: number[] };

export interface Patch {
  id: string;
  frame_id: string;
  base_rev: number;
  ops: Op[];
}

interface Told {
  frame_id: string;
  revision: number;
  can_undo: boolean;
  can_redo: boolean;
}

export interface Answer extends Told {
  type: 'accepted' | 'rebased' | 'changed';
  id: string | null;
  changes: Made[];
}

export interface Refusal extends Told {
  type: 'refused';
  /** Null where it was no patch, but a step of undo or redo. */
  id: string | null;
  row: number | null;
  column: number | null;
  reason: string;
  changes: Made[];
}

export type Snapshot = About & { type: 'snapshot'; rows: RowsLayout };

/** How the rows of a whole frame are packed; their bytes come beside. */
export interface RowsLayout {
  keys: Layout | null;
  labels: Layout | null;
  columns: Layout[];
}

export function sameValue(one: Value, other: Value): boolean {
  return (
    one === other ||
    (Array.isArray(one) &&
      Array.isArray(other) &&
      JSON.stringify(one) === JSON.stringify(other))
  );
}

export const placeOf = (row: number, column: number) => `${row},${column}`;
