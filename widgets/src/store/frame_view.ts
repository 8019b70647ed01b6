/** Which rows are shown in which order, and which columns; the frame itself keeps its own order. */
import type { Condition } from './frame_conditions';
import { parts, read } from './frame_conditions';
import { rank } from './frame_ranks';
import type { FrameRows } from './frame_rows';
import type { About, Field, Value } from './frame_types';

/** How a frame is looked at; the Python twin is `jupyter_journey/grids/frame_looks.py`. */
export interface Look {
  sort?: { column: number; descending: boolean }[];
  filter?: Record<string, Condition>;
  order?: number[];
  frozen?: number;
  widths?: Record<string, number>;
}

/** Rows that were added here, and after which row of the view; null: as the first. */
export type Added = ReadonlyMap<number, number | null>;

/** Which rows are shown, and what that was worked out from. */
export interface Order {
  readonly keys: readonly number[];
  readonly frame_id: string;
  readonly filter: string;
  readonly sort: string;
  readonly all: readonly number[];
}

/**
 * Return the rows to show, in their order.
 *
 * That is worked out where sort or filter change. What is edited, added or deleted here meanwhile
 * stays where one put it, and leaves the other rows where they are.
 */
export function orderOf(
  before: Order | null,
  { about, rows }: { about: About; rows: FrameRows },
  look: Look,
  added: Added
): Order {
  const now = {
    frame_id: about.frame_id,
    filter: JSON.stringify(look.filter ?? {}),
    sort: JSON.stringify(look.sort ?? []),
    all: rows.keys
  };
  const isSameFilter = before?.filter === now.filter;
  if (
    before &&
    isSameFilter &&
    before.frame_id === now.frame_id &&
    before.sort === now.sort
  ) {
    if (before.all === now.all) {
      return before;
    }
    if (before.keys === before.all) {
      return { ...now, keys: now.all };
    }
    const known = new Set(before.all);
    if (now.all.every(key => known.has(key) || added.has(key))) {
      return { ...now, keys: kept(before.keys, known, rows, added) };
    }
  }
  const ours = isSameFilter ? new Set(added.keys()) : undefined;
  return { ...now, keys: visibleKeys(rows, about.columns, look, ours) };
}

function kept(
  before: readonly number[],
  known: ReadonlySet<number>,
  rows: FrameRows,
  added: Added
): readonly number[] {
  // Which row comes after which; after null the first one, after the last one none.
  const next = new Map<number | null, number | undefined>();
  [null, ...before].forEach((key, at) => next.set(key, before[at]));
  let last = before.at(-1) ?? null;
  for (const [key, beside] of added) {
    if (rows.has(key) && !known.has(key)) {
      const at = next.has(beside) ? beside : last;
      next.set(key, next.get(at)).set(at, key);
      last = at === last ? key : last;
    }
  }
  const keys: number[] = [];
  for (let key = next.get(null); key !== undefined; key = next.get(key)) {
    if (rows.has(key)) {
      keys.push(key);
    }
  }
  return keys;
}

/** Return the keys of the rows to show, in the order to show them. */
export function visibleKeys(
  rows: FrameRows,
  fields: readonly Field[],
  look: Look,
  /** Shown whatever the filter says: rows that were just added would vanish under the hand. */
  kept: ReadonlySet<number> = new Set()
): readonly number[] {
  const filters = Object.entries(look.filter ?? {})
    .filter(([column, said]) => said.length && fields[Number(column)])
    .map(([column, said]) => {
      const asked = read(said, fields[Number(column)]);
      // What can't be read is met by nothing; the column's menu says so.
      const test = 'test' in asked ? asked.test : () => false;
      return { column: Number(column), test };
    });
  const sort = look.sort?.[0];
  if (filters.length === 0 && !sort) {
    return rows.keys;
  }
  const places = rows.keys.map((_, at) => at);
  const found = filters.length
    ? places.filter(
        at =>
          kept.has(rows.keys[at]) ||
          filters.every(({ column, test }) => test(rows.at(at, column)))
      )
    : places;
  if (sort && fields[sort.column]) {
    sortPlaces(
      found,
      at => rows.at(at, sort.column),
      fields[sort.column],
      sort.descending
    );
  }
  return found.map(at => rows.keys[at]);
}

/** Return the positions of the columns in the order to show them. */
export function visibleColumns(count: number, look: Look): number[] {
  const chosen = (look.order ?? []).filter(column => column < count);
  const rest = Array.from({ length: count }, (_, column) => column).filter(
    column => !chosen.includes(column)
  );
  return [...chosen, ...rest];
}

function sortPlaces(
  places: number[],
  valueAt: (place: number) => Value,
  field: Field,
  isDescending: boolean
): void {
  const sign = isDescending ? -1 : 1;
  const ranks: (number | string | null)[] = [];
  for (const place of places) {
    const value = valueAt(place);
    ranks[place] = value === null ? null : rank(value, field);
  }
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  places.sort((one, other) => {
    const [a, b] = [ranks[one], ranks[other]];
    if (a === null || b === null) {
      // Missing values come last either way.
      return Number(a === null) - Number(b === null) || one - other;
    }
    const order =
      typeof a === 'number' && typeof b === 'number'
        ? a - b
        : compare(String(a), String(b));
    return sign * order || one - other;
  });
}

/** Return a column's different values, sorted; null where there are more than the limit. */
export function distinct(
  rows: FrameRows,
  column: number,
  field: Field,
  limit: number
): Value[] | null {
  const found = new Set<Value>();
  for (let at = 0; at < rows.size && found.size <= limit; at += 1) {
    parts(rows.at(at, column)).forEach(value => found.add(value));
  }
  if (found.size > limit) {
    return null;
  }
  const values = [...found];
  const places = values.map((_, at) => at);
  sortPlaces(places, at => values[at], field, false);
  return places.map(at => values[at]);
}
