/**
 * Changes as data: ops with an inverse, the twin of `model/patches.py`. Both run
 * `tests/golden/patches.json`.
 */
import { defaultsOf, same, withoutDefaults } from './defaults';
import type { Cell, Collection, Journey, Row } from './types';
import { rowsOf } from './types';

/** A record's id; a cell's lane, stage and persona. */
export type Key = string | [string, string, string | null];

export interface FieldOp {
  op: 'field';
  collection: Collection | 'document';
  key: Key;
  field: string;
  old: unknown;
  new: unknown;
}

/** A record that comes (`old` is null) or goes (`new` is null), as its file holds it. */
export interface RecordOp {
  op: 'record';
  collection: Collection;
  key: Key;
  /** Its position in the collection; null: the last. */
  at: number | null;
  old: Row | null;
  new: Row | null;
}

export interface OrderOp {
  op: 'order';
  collection: Collection;
  old: string[];
  new: string[];
}

export type Op = FieldOp | RecordOp | OrderOp;

/** Return the ops that undo these, last first. */
export function inverse(ops: readonly Op[]): Op[] {
  return [...ops]
    .reverse()
    .map(op => ({ ...op, old: op.new, new: op.old }) as Op);
}

/** Return a copy of the document with all changes that can still be made. */
export function patched(document: Journey, ops: readonly Op[]): Journey {
  return ops.reduce(
    (now, op) => (fits(now, op) ? withOp(now, op) : now),
    document
  );
}

/** Tell whether every op finds what it expects. */
export function applies(document: Journey, ops: readonly Op[]): boolean {
  let now = document;
  for (const op of ops) {
    if (!fits(now, op) || !same(presentAt(now, op), expectedBy(op))) {
      return false;
    }
    now = withOp(now, op);
  }
  return true;
}

/** The fields into which people write. */
export const TYPED: readonly string[] = ['name', 'value', 'target'];

/** Tell whether somebody would write over what they haven't seen. */
export function isLate(document: Journey, ops: readonly Op[]): boolean {
  return ops.some(
    op =>
      op.op === 'field' &&
      TYPED.includes(op.field) &&
      !same(find(document, op)?.[op.field], op.old)
  );
}

export function keyOfRow(row: Row): Key {
  const { lane_id, stage_id, persona_id } = row as unknown as Cell;
  return row.id ?? [lane_id, stage_id, persona_id ?? null];
}

function find(document: Journey, op: FieldOp | RecordOp): Row | undefined {
  const key = JSON.stringify(op.key);
  return op.collection === 'document'
    ? (document as unknown as Row)
    : rowsOf(document, op.collection).find(
        row => JSON.stringify(keyOfRow(row)) === key
      );
}

/** Whether there is anything the op can be applied to. */
function fits(document: Journey, op: Op): boolean {
  if (op.op === 'field' && op.collection === 'cells') {
    const [lane, stage] = op.key;
    return (
      rowsOf(document, 'lanes').some(({ id }) => id === lane) &&
      rowsOf(document, 'stages').some(({ id }) => id === stage)
    );
  }
  if (op.op === 'field') {
    return find(document, op) !== undefined;
  }
  if (op.op === 'record') {
    return (find(document, op) === undefined) === (op.old === null);
  }
  return same(
    [...op.new].sort(),
    rowsOf(document, op.collection)
      .map(row => row.id)
      .sort()
  );
}

function presentAt(document: Journey, op: Op): unknown {
  if (op.op === 'order') {
    return rowsOf(document, op.collection).map(row => row.id);
  }
  const found = find(document, op);
  if (op.op === 'field') {
    return found?.[op.field] ?? defaultsOf(op.collection)[op.field];
  }
  return found && withoutDefaults(op.collection, found);
}

function expectedBy(op: Op): unknown {
  return op.op === 'record'
    ? op.old && withoutDefaults(op.collection, op.old)
    : op.old;
}

function withOp(document: Journey, op: Op): Journey {
  if (op.op === 'field' && op.collection === 'document') {
    return { ...document, [op.field]: op.new };
  }
  const { collection } = op as RecordOp;
  const rows = rowsOf(document, collection);
  return { ...document, [collection]: changed(rows, document, op) };
}

function changed(rows: Row[], document: Journey, op: Op): Row[] {
  if (op.op === 'order') {
    const byId = new Map(rows.map(row => [row.id, row]));
    return op.new.map(id => byId.get(id) as Row);
  }
  const found = find(document, op);
  if (op.op === 'field') {
    if (op.collection === 'cells') {
      return withCell(rows, found, op);
    }
    return rows.map(row =>
      row === found ? { ...row, [op.field]: op.new } : row
    );
  }
  const kept = rows.filter(row => row !== found);
  const at = op.at ?? kept.length;
  return op.new === null
    ? kept
    : [...kept.slice(0, at), op.new, ...kept.slice(at)];
}

/** A cell that isn't there comes; one that holds nothing any more vanishes. */
function withCell(rows: Row[], found: Row | undefined, op: FieldOp): Row[] {
  const [lane_id, stage_id, persona_id] = op.key;
  const blank =
    persona_id === null
      ? { lane_id, stage_id }
      : { lane_id, stage_id, persona_id };
  const cell = { ...(found ?? blank), [op.field]: op.new } as unknown as Cell;
  const isEmpty =
    (cell.value ?? null) === null &&
    (cell.target ?? null) === null &&
    !cell.note;
  const others = rows.filter(row => row !== found);
  return isEmpty ? others : [...others, cell as unknown as Row];
}
