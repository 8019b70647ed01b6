/** Which rows are shown in which order, and which columns; the frame itself keeps its own order. */
import type { FrameRows } from './frame_rows';
import type { Field, Value } from './frame_types';
import { shown } from './frame_values';

/** As typed, or the values to show; tags count one by one, null is a missing value. */
export type Condition = string | Value[];

/** How a frame is looked at; the Python twin is `jupyter_journey/grids/frame_looks.py`. */
export interface Look {
  sort?: { column: number; descending: boolean }[];
  filter?: Record<string, Condition>;
  order?: number[];
  frozen?: number;
  widths?: Record<string, number>;
}

type Test = (value: Value) => boolean;

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
    .map(([column, said]) => ({
      column: Number(column),
      test: Array.isArray(said)
        ? among(said)
        : testOf(said.trim(), fields[Number(column)])
    }));
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

/** Return what a value sorts and compares by: a number where its kind has an order of its own. */
function rank(value: Exclude<Value, null>, field: Field): number | string {
  switch (field.kind) {
    case 'number':
    case 'integer':
      return Number(value);
    case 'boolean':
      return value ? 1 : 0;
    case 'date':
    case 'datetime':
      return Date.parse(String(value).replace(' ', 'T'));
    case 'choice':
      return field.options.indexOf(String(value));
    default:
      return shown(value);
  }
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

/** Return what a cell counts as among values to choose from: each of its tags, or its value. */
function parts(value: Value): Value[] {
  return Array.isArray(value) ? (value.length ? value : [null]) : [value];
}

function among(chosen: readonly Value[]): Test {
  const wanted = new Set(chosen);
  return value => parts(value).some(part => wanted.has(part));
}

function testOf(text: string, field: Field): Test {
  if (text === '=') {
    return value => value === null;
  }
  if (text === '!') {
    return value => value !== null;
  }
  const isOrdered = !['text', 'tags', 'other', 'boolean'].includes(field.kind);
  const range = /^(.*?)\.\.(.*)$/.exec(text);
  if (range && isOrdered) {
    const [low, high] = [bound(range[1], field), bound(range[2], field)];
    return value => {
      const own = value === null ? NaN : Number(rank(value, field));
      return own >= (low ?? -Infinity) && own <= (high ?? Infinity);
    };
  }
  const compared = /^(>=|<=|>|<)(.+)$/.exec(text);
  if (compared && isOrdered) {
    return comparison(compared[1], bound(compared[2], field) ?? NaN, field);
  }
  const isWhole = text.startsWith('=');
  const sought = (isWhole ? text.slice(1) : text).trim().toLowerCase();
  return value => {
    const own = shown(value).toLowerCase();
    return isWhole ? own === sought : value !== null && own.includes(sought);
  };
}

function comparison(sign: string, limit: number, field: Field): Test {
  const tests: Record<string, (own: number) => boolean> = {
    '>': own => own > limit,
    '>=': own => own >= limit,
    '<': own => own < limit,
    '<=': own => own <= limit
  };
  return value => value !== null && tests[sign](Number(rank(value, field)));
}

function bound(text: string, field: Field): number | null {
  return text.trim() === '' ? null : Number(rank(text.trim(), field));
}
