/** Which values one asks for: a text within, =a value, a comparison, a range, or a list. */
import { clock, namesOffset, rank } from './frame_ranks';
import type { Field, Kind, Value } from './frame_types';
import type { Typed } from './frame_values';
import { shown, typed } from './frame_values';

/** As typed, or the values to show; tags count one by one, null is a missing value. */
export type Condition = string | Value[];

type Test = (value: Value) => boolean;

type Flawed = Extract<Typed, { flaw: unknown }>;

type Read = { test: Test } | Flawed;

type Own = Exclude<Value, null>;

interface Bound {
  value: Own;
  /** Where a value stands on the scale of the limit: the clock's, if that names no offset. */
  measure: (value: Own) => number;
  limit: number;
}

const PLAIN: readonly Kind[] = ['text', 'tags', 'other'];

/** A limit may lie between the values that a column can hold. */
const FINER: Partial<Record<Kind, Kind>> = {
  integer: 'number',
  date: 'datetime'
};

const COMPARE: Record<string, (own: number, limit: number) => boolean> = {
  '>': (own, limit) => own > limit,
  '>=': (own, limit) => own >= limit,
  '<': (own, limit) => own < limit,
  '<=': (own, limit) => own <= limit
};

/** Return how to tell whether a value is asked for, or what is wrong with the condition. */
export function read(said: Condition, field: Field): Read {
  if (Array.isArray(said)) {
    const wanted = new Set(said);
    return { test: value => parts(value).some(part => wanted.has(part)) };
  }
  const text = said.trim();
  if (text === '=' || text === '!') {
    return { test: value => (value === null) === (text === '=') };
  }
  const isOrdered = ![...PLAIN, 'boolean'].includes(field.kind);
  const range = /^(.*?)\.\.(.*)$/.exec(text);
  if (range && isOrdered) {
    return within({ '>=': range[1].trim(), '<=': range[2].trim() }, field);
  }
  const compared = /^(>=|<=|>|<)(.+)$/.exec(text);
  if (compared && isOrdered) {
    return within({ [compared[1]]: compared[2].trim() }, field);
  }
  if (text.startsWith('=')) {
    return equal(text.slice(1).trim(), field);
  }
  const sought = text.toLowerCase();
  return {
    test: value => value !== null && shown(value).toLowerCase().includes(sought)
  };
}

function within(limits: Record<string, string>, field: Field): Read {
  const tests: Test[] = [];
  for (const [sign, text] of Object.entries(limits).filter(([, it]) => it)) {
    const to = bound(text, { ...field, kind: FINER[field.kind] ?? field.kind });
    if ('flaw' in to) {
      return to;
    }
    tests.push(value => {
      const own = value === null ? NaN : to.measure(value);
      return COMPARE[sign](own, to.limit);
    });
  }
  return { test: value => value !== null && tests.every(test => test(value)) };
}

function equal(text: string, field: Field): Read {
  if (PLAIN.includes(field.kind)) {
    const sought = text.toLowerCase();
    return { test: value => shown(value).toLowerCase() === sought };
  }
  const to = bound(text, field);
  if ('flaw' in to) {
    return to;
  }
  // As texts where they are the same: beyond 2^53, neighbours are the same number.
  return {
    test: value =>
      value !== null &&
      (field.kind === 'datetime'
        ? to.measure(value) === to.limit
        : String(value) === String(to.value))
  };
}

/** Read a limit as one types a value, which needn't be one that the column may hold. */
function bound(text: string, field: Field): Bound | Flawed {
  const isMoment = field.kind === 'date' || field.kind === 'datetime';
  // The year or the month may do.
  const whole =
    isMoment && /^\d{4}(-\d{2})?$/.test(text)
      ? `${text}-01-01`.slice(0, 10)
      : text;
  const free = { ...field, nullable: true, minimum: null, maximum: null };
  const said = typed(whole, free);
  if ('flaw' in said) {
    return said;
  }
  const value = said.value ?? '';
  const measure =
    isMoment && !namesOffset(String(value))
      ? (own: Own) => clock(String(own))
      : (own: Own) => Number(rank(own, field));
  return { measure, value, limit: measure(value) };
}

/** Return what a cell counts as among values to choose from: each of its tags, or its value. */
export function parts(value: Value): Value[] {
  return Array.isArray(value) ? (value.length ? value : [null]) : [value];
}
