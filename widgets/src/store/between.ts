/** The ops that lead from one document to another: the twin of `between` in `model/patches.py`. */
import { defaultsOf, same } from './defaults';
import type { FieldOp, Op, RecordOp } from './patches';
import { keyOfRow } from './patches';
import type { Collection, Journey, Row } from './types';
import { COLLECTIONS, rowsOf } from './types';

export function between(before: Journey, after: Journey): Op[] {
  const [one, other] = [before, after] as unknown as Row[];
  const collections: readonly string[] = COLLECTIONS;
  const about = fieldOps('document', '', one, other).filter(
    ({ field }) => !collections.includes(field)
  );
  const records = COLLECTIONS.flatMap(name =>
    differences(name, rowsOf(before, name), rowsOf(after, name))
  );
  return [...about, ...records];
}

function differences(name: Collection, before: Row[], after: Row[]): Op[] {
  const [old, now] = [byKey(before), byKey(after)];
  const at = (rows: Row[], row: Row) =>
    name === 'cells' ? null : rows.indexOf(row);
  // A cell is its own smallest part: field by field it might vanish on the way.
  const stays = (row: Row, others: Map<string, Row>) => {
    const twin = others.get(textOf(row));
    return twin !== undefined && (name !== 'cells' || same(row, twin));
  };
  const gone = before.filter(row => !stays(row, now));
  const come = after.filter(row => !stays(row, old));
  const kept = after.filter(row => stays(row, old));
  const [stood, wanted] = [before.filter(row => stays(row, now)), kept].map(
    rows => rows.map(row => row.id as string)
  );
  return [
    ...gone.reverse().map(row => recordOp(name, row, at(before, row), 'goes')),
    ...(name === 'cells' || same(stood, wanted)
      ? []
      : [{ op: 'order' as const, collection: name, old: stood, new: wanted }]),
    ...come.map(row => recordOp(name, row, at(after, row), 'comes')),
    ...kept.flatMap(row =>
      fieldOps(name, keyOfRow(row), old.get(textOf(row)) ?? row, row)
    )
  ];
}

function fieldOps(
  collection: FieldOp['collection'],
  key: FieldOp['key'],
  before: Row,
  after: Row
): FieldOp[] {
  const defaults = defaultsOf(collection);
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...fields].flatMap(field => {
    const [old, now] = [before, after].map(
      row => row[field] ?? defaults[field] ?? null
    );
    return same(old, now)
      ? []
      : [{ op: 'field' as const, collection, key, field, old, new: now }];
  });
}

function recordOp(
  collection: Collection,
  row: Row,
  at: number | null,
  way: 'comes' | 'goes'
): RecordOp {
  const [old, now] = way === 'goes' ? [row, null] : [null, row];
  return { op: 'record', collection, key: keyOfRow(row), at, old, new: now };
}

function byKey(rows: Row[]): Map<string, Row> {
  return new Map(rows.map(row => [textOf(row), row]));
}

function textOf(row: Row): string {
  return JSON.stringify(keyOfRow(row));
}
