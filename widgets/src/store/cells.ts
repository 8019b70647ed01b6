/** What a cell may hold, and how a person writes it: the twin of `model/cells.py`. */
import type { Journey, Lane, LaneKind, Value } from './types';

export const SCORE_RANGE = [-2, 2] as const;

/** How far a key or the mouse moves a score. */
export const STEP = 0.5;

/** The score that is next to a number. */
export function scored(value: number): number {
  const [low, high] = SCORE_RANGE;
  return Math.max(low, Math.min(high, Math.round(value / STEP) * STEP));
}

/** What came of a text somebody typed: a value to keep, or the words that say what is wrong. */
export type Typed =
  { value: Value } | { flaw: FlawName; fields: Record<string, string> };
export type FlawName =
  'needs_score' | 'needs_number' | 'needs_choice' | 'needs_date' | 'needs_name';

type Named = { id: string; name: string };

/** What the values of a choice are called, where a language has words for them. */
export type Called = Readonly<Record<string, string>>;

const isNumber = (value: Value) =>
  typeof value === 'number' && Number.isFinite(value);
const isScored = (value: Value) =>
  isNumber(value) &&
  (value as number) >= SCORE_RANGE[0] &&
  (value as number) <= SCORE_RANGE[1];
const isText = (value: Value) => typeof value === 'string';
const isList = (value: Value) => Array.isArray(value);

const FITS: Record<LaneKind, (value: Value, lane: Lane) => boolean> = {
  text: isText,
  date: isText,
  image: isText,
  choice: (value, lane) => isText(value) && offers(lane, value),
  list: isList,
  chips: isList,
  reference: isList,
  score: isScored,
  metric: isNumber
};

const EXPECTED: Record<LaneKind, string> = {
  text: 'a text',
  date: 'a date as text, such as 2026-03-31',
  image: 'a path as text',
  choice: 'one of its options',
  list: 'a list of texts',
  chips: 'a list of texts',
  reference: 'a list of ids',
  score: 'a number from -2 to 2',
  metric: 'a finite number'
};

export function fits(value: Value, lane: Lane): boolean {
  return value === null || FITS[lane.kind](value, lane);
}

export function expected(lane: Lane): string {
  return lane.kind === 'choice'
    ? `one of ${(lane.options ?? []).join(', ')}`
    : EXPECTED[lane.kind];
}

/** The records a reference lane's ids stand for. */
export function referred(lane: Lane, document: Journey): Named[] {
  return (lane.refers_to && document[lane.refers_to]) || [];
}

/** Return the text a person sees in the editor of a cell; its lane may be gone. */
export function toText(
  value: Value,
  lane: Lane | undefined,
  document: Journey,
  called: Called = {}
): string {
  if (!Array.isArray(value)) {
    const text = value === null ? '' : String(value);
    return lane?.kind === 'choice' ? (called[text] ?? text) : text;
  }
  return joined(named(value, lane, document), lane?.kind);
}

/** The names that a cell's ids stand for, or its own items. */
export function named(
  items: readonly string[],
  lane: Lane | undefined,
  document: Journey
): string[] {
  const names = new Map(
    lane && referred(lane, document).map(it => [it.id, it.name])
  );
  return items.map(item => names.get(item) ?? item);
}

/** Write items as the editor of this kind reads them. */
export function joined(items: readonly string[], kind?: LaneKind): string {
  if (kind !== 'chips') {
    return items.join('\n');
  }
  // A line break anywhere says that commas are part of the chips.
  return items.some(item => item.includes(','))
    ? items.join('\n') + '\n'
    : items.join(', ');
}

/** The items of a text as the editor of this kind reads them. */
export function itemsIn(text: string, kind?: LaneKind): string[] {
  const isByComma = kind === 'chips' && !text.includes('\n');
  return text
    .split(isByComma ? /[,、，]/ : /\r\n?|\n/)
    .map(item => item.trim())
    .filter(Boolean);
}

/** Read the text of an editor: the value the lane keeps, or what is wrong with it. */
export function fromText(
  text: string,
  lane: Lane,
  document: Journey,
  called: Called = {}
): Typed {
  if (text.trim() === '') {
    return { value: null };
  }
  switch (lane.kind) {
    case 'list':
    case 'chips': {
      const items = itemsIn(text, lane.kind);
      return { value: items.length ? items : null };
    }
    case 'reference':
      return fromNames(itemsIn(text), lane, document);
    case 'score':
    case 'metric':
      return fromNumber(text, lane);
    case 'choice':
      return fromChoice(text, lane, called);
    case 'date':
      return isDay(text.trim())
        ? { value: text.trim() }
        : { flaw: 'needs_date', fields: {} };
    default:
      return { value: text };
  }
}

function fromChoice(text: string, lane: Lane, called: Called): Typed {
  const options = lane.options ?? [];
  const value =
    options.find(option => option === text) ??
    options.find(option => called[option] === text);
  return value === undefined
    ? {
        flaw: 'needs_choice',
        fields: { options: options.map(it => called[it] ?? it).join(', ') }
      }
    : { value };
}

function fromNames(names: string[], lane: Lane, document: Journey): Typed {
  const known = referred(lane, document);
  const ids: string[] = [];
  for (const name of names) {
    const found =
      known.find(it => it.id === name) ?? known.find(it => it.name === name);
    if (!found) {
      const all = known.map(it => it.name).join(', ');
      return { flaw: 'needs_name', fields: { name, known: all || '–' } };
    }
    ids.push(found.id);
  }
  return { value: ids };
}

// No thousands separators and no decimal comma: 1.234 and 1,234 mean two things each.
const NUMBER = /^[+\-−]?(\d+(\.\d*)?|\.\d+)$/;

function fromNumber(text: string, lane: Lane): Typed {
  const trimmed = text.trim();
  const value = NUMBER.test(trimmed) ? Number(trimmed.replace('−', '-')) : NaN;
  const isScore = lane.kind === 'score';
  return (isScore ? isScored(value) : isNumber(value))
    ? { value }
    : { flaw: isScore ? 'needs_score' : 'needs_number', fields: {} };
}

export function isDay(text: string): boolean {
  // A day that no month has is another when it is written again, or none.
  return (
    /^\d{4}-\d\d-\d\d$/.test(text) &&
    String(new Date(text).toJSON()).startsWith(text)
  );
}

function offers(lane: Lane, value: string): boolean {
  return (lane.options ?? []).includes(value);
}
