/** What a person does to a map, as ops: the twin of `model/structure.py`. */
import { cells, lanes } from '../generated/defaults';
import { same } from './defaults';
import type { Key, Op, RecordOp } from './patches';
import { keyOfRow } from './patches';
import type { Cell, Collection, Journey, Place, Row, Value } from './types';
import { cellAt, rowsOf, triple } from './types';

/** Which fields point to a collection. */
function pointersTo(collection: Collection): readonly string[] {
  return collection === 'stages'
    ? ['stage_id', 'from_stage_id', 'to_stage_id', 'parent_id']
    : [`${collection.slice(0, -1)}_id`];
}

/** What stands at a removed record goes with it; a figure outlives its source. */
function goesAlong(name: Collection, field: string): boolean {
  return name === 'cells' || (name === 'measurements' && field !== 'source_id');
}

/** Another value, target, evidence or note of a cell; emptied for good it is assumed again. */
export function withCell(
  document: Journey,
  place: Place,
  field: keyof typeof cells,
  value: Value
): Op[] {
  const cell = { ...cells, ...cellAt(document, place) };
  const change = (name: keyof typeof cells, to: Value) =>
    fieldOps('cells', triple(place), name, cell[name], to);
  const ops = change(field, value);
  const isGone =
    field === 'value' && value === null && cell.target === null && !cell.note;
  return isGone && ops.length
    ? [...change('evidence', 'assumed'), ...ops]
    : ops;
}

function fieldOps(
  collection: Collection,
  key: Key,
  field: string,
  old: unknown,
  value: unknown
): Op[] {
  return same(old, value)
    ? []
    : [{ op: 'field', collection, key, field, old, new: value }];
}

/** Another value in a field of a record that has an id. */
export function withField(
  document: Journey,
  collection: Collection,
  id: string,
  field: string,
  value: unknown
): Op[] {
  const row = rowsOf(document, collection).find(it => it.id === id);
  // Of all that a map edits only a lane has fields that aren't null by default.
  const defaults: Row = lanes;
  const old = row?.[field] ?? defaults[field] ?? null;
  return fieldOps(collection, id, field, old, value);
}

/** One more record, at a position. */
export function added(
  document: Journey,
  collection: Collection,
  fields: Row & { name: string },
  at: number
): { id: string; ops: Op[] } {
  const taken = rowsOf(document, collection).map(row => row.id);
  const id = uniqueId(fields.name, taken);
  return { id, ops: [recordOp(collection, { ...fields, id }, at)] };
}

/** A stage and its sub-steps, however deep; of all else the record alone. */
function family(rows: readonly Row[], id: unknown): unknown[] {
  const steps = rows.filter(row => row.parent_id === id);
  return [id, ...steps.flatMap(step => family(rows, step.id))];
}

/** A record before another, or last; a stage with its sub-steps, which stay below it. */
export function moved(
  document: Journey,
  collection: Collection,
  id: string,
  before: string | null
): Op[] {
  const rows = rowsOf(document, collection);
  const old = rows.map(row => row.id as string);
  const own = family(rows, id);
  if (own.includes(before)) {
    return [];
  }
  const moving = old.filter(it => own.includes(it));
  const others = old.filter(it => !own.includes(it));
  const order = others.flatMap(it => (it === before ? [...moving, it] : it));
  if (order.length < old.length) {
    order.push(...moving);
  }
  return same(old, order) ? [] : [{ op: 'order', collection, old, new: order }];
}

/**
 * A record away: its cells and figures go, its sub-steps move up, other links empty, and lists of
 * ids go on without it.
 */
export function removed(
  document: Journey,
  collection: Collection,
  id: string
): Op[] {
  const gone = rowsOf(document, collection).find(row => row.id === id);
  const names = Object.keys(document) as Collection[];
  const filled = names.filter(name => Array.isArray(document[name]));
  return filled.flatMap(name =>
    rowsOf(document, name)
      .map((row, at) => {
        const hit = pointersTo(collection).filter(it => row[it] === id);
        if (row === gone || hit.some(it => goesAlong(name, it))) {
          return [recordOp(name, row, at, 'goes')];
        }
        const links = hit.flatMap(field => {
          const next = field === 'parent_id' ? gone?.parent_id : null;
          return fieldOps(name, keyOfRow(row), field, id, next ?? null);
        });
        return [...links, ...unlisted(document, name, row, collection, id)];
      })
      // From the last: so each position holds when its turn comes.
      .reverse()
      .flat()
  );
}

/** The id out of the list of ids that a cell or a touchpoint holds. */
function unlisted(
  document: Journey,
  name: Collection,
  row: Row,
  collection: Collection,
  id: string
): Op[] {
  const kept = (list: unknown) => (list as string[]).filter(it => it !== id);
  if (name === 'cells') {
    const cell = row as unknown as Cell;
    const lane = document.lanes?.find(it => it.id === cell.lane_id);
    const isListed =
      lane?.refers_to === collection &&
      Array.isArray(cell.value) &&
      cell.value.includes(id);
    const persona_id = cell.persona_id ?? null;
    const left = isListed ? kept(cell.value) : [];
    return isListed
      ? withCell(
          document,
          { ...cell, persona_id },
          'value',
          left.length ? left : null
        )
      : [];
  }
  const next = row.next;
  return name === 'touchpoints' &&
    collection === name &&
    Array.isArray(next) &&
    next.includes(id)
    ? withField(document, name, row.id as string, 'next', kept(next))
    : [];
}

/** A copy right behind a record, with copies of its cells. */
export function duplicated(
  document: Journey,
  collection: 'stages' | 'lanes',
  id: string
): { id: string; ops: Op[] } {
  const rows = rowsOf(document, collection);
  const at = rows.findIndex(row => row.id === id);
  const name = copyName(
    String(rows[at].name),
    rows.map(row => row.name)
  );
  const copied = added(document, collection, { ...rows[at], name }, at + 1);
  const field = collection === 'stages' ? 'stage_id' : 'lane_id';
  const cells = rowsOf(document, 'cells')
    .filter(cell => cell[field] === id)
    .map(cell => recordOp('cells', { ...cell, [field]: copied.id }, null));
  return { id: copied.id, ops: [...copied.ops, ...cells] };
}

function recordOp(
  collection: Collection,
  row: Row,
  at: number | null,
  way: 'comes' | 'goes' = 'comes'
): RecordOp {
  return {
    op: 'record',
    collection,
    key: keyOfRow(row),
    at: collection === 'cells' ? null : at,
    old: way === 'goes' ? row : null,
    new: way === 'comes' ? row : null
  };
}

/** The name with the next free number behind it. */
export function copyName(name: string, taken: Taken): string {
  return free(taken, 2, number => `${name} (${number})`);
}

/** The slug of a name, numbered from 2 where it is taken: the twin of `model/names.py`. */
export function uniqueId(name: string, taken: Taken): string {
  const kept = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  const stem = kept || 'unnamed';
  return free(taken, 1, number => (number > 1 ? `${stem}-${number}` : stem));
}

type Taken = readonly (string | undefined)[];

function free(
  taken: Taken,
  from: number,
  write: (number: number) => string
): string {
  const candidate = write(from);
  return taken.includes(candidate) ? free(taken, from + 1, write) : candidate;
}
