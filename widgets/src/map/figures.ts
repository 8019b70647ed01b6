/** How a measurement is written: value, unit, cases, interval. */
import { earlierOf } from '../store/figures';
import type { Journey, Measurement } from '../store/types';
import type { Words } from './words';
import { fill, wordsOf } from './words';

export interface Shown {
  readonly value: string;
  readonly unit: string;
  readonly name: string;
  /** Interval, cases and period, or why there is no value. */
  readonly basis: readonly string[];
  readonly trend: Trend | null;
  /** Value and interval on one scale, where there is an interval. */
  readonly whisker: { value: number; low: number; high: number } | null;
  readonly spoken: string;
}

interface Trend {
  readonly text: string;
  readonly since: string;
  readonly way: 'up' | 'down' | 'level';
  readonly mood: 'good' | 'bad' | '';
}

// The same as in the Python renderer, `charts/map_view.py`.
const SHARES = new Set<string | undefined>([
  'share',
  'ratio',
  'rate',
  'fraction',
  'proportion'
]);

export function shown(
  figure: Measurement,
  document: Journey,
  words: Words
): Shown {
  const write = (value: number) =>
    number(value, document, SHARES.has(figure.unit));
  const isHidden = figure.suppressed || (figure.value ?? null) === null;
  const amount = quantity(figure.value ?? 0, figure.unit, document);
  const { value, unit } = isHidden ? { value: '–', unit: '' } : amount;
  const n =
    (figure.n ?? null) === null
      ? ''
      : fill(words.n, { n: number(figure.n as number, document) });
  const whisker = whiskerOf(figure);
  const why = figure.suppressed
    ? fill(words.suppressed, { n: document.settings?.min_group ?? 10 })
    : '';
  const ends = whisker && [write(whisker.low), write(whisker.high)];
  const period = periodOf(figure.period);
  const trend = isHidden ? null : trendOf(figure, document, words);
  const spoken = [
    fill(words.figure, {
      value: joined({ value, unit }),
      name: figure.name
    }),
    ends && fill(words.interval, { low: ends[0], high: ends[1] }),
    why || n,
    period,
    trend?.text,
    trend?.since
  ];
  return {
    ...{ value, unit, name: figure.name, trend, whisker },
    basis: [why || ends?.join(' – '), why ? '' : n, period].filter(
      text => text
    ) as string[],
    spoken: spoken.filter(Boolean).join(words.joint)
  };
}

/** First and last day as a person writes them; of whole months the months alone. */
export function periodOf(period = ''): string {
  const [from, to = from] = period.split('/');
  const isWhole = from.endsWith('-01') && isMonthEnd(to);
  const ends = isWhole ? [from.slice(0, 7), to.slice(0, 7)] : [from, to];
  return [...new Set(ends)].join(' – ');
}

function isMonthEnd(day: string): boolean {
  const next = new Date(day);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.getUTCDate() === 1;
}

/** How the figure moved against the one before, and whether that is good. */
function trendOf(
  figure: Measurement,
  document: Journey,
  words: Words
): Trend | null {
  const before = earlierOf(document, figure);
  if (!before) {
    return null;
  }
  const change = (figure.value as number) - (before.value as number);
  const way = change > 0 ? 'up' : change < 0 ? 'down' : 'level';
  const { direction } = figure;
  const mood =
    way === 'level' || !direction ? '' : way === direction ? 'good' : 'bad';
  const plain = difference(change, figure.unit, document, words);
  const said = { good: words.better, bad: words.worse, '': '{change}' }[mood];
  return {
    ...{ way, mood },
    text: way === 'level' ? words.unchanged : fill(said, { change: plain }),
    since: fill(words.since, {
      period: periodOf(before.period).split(' – ').at(-1) || words.before
    })
  };
}

/** A difference with its sign; of shares in percentage points. */
export function difference(
  change: number,
  unit: string | undefined,
  document: Journey,
  words: Words
): string {
  const isShare = SHARES.has(unit);
  const n = number(Math.abs(change) * (isShare ? 100 : 1), document);
  const said = isShare
    ? fill(words.points, { n })
    : joined({ value: n, unit: unitOf(unit, document) });
  return (change < 0 ? '−' : '+') + said;
}

/** A value as its unit asks, with the unit behind it. */
export function quantity(
  value: number,
  unit: string | undefined,
  document: Journey
): { value: string; unit: string } {
  const isShare = SHARES.has(unit);
  return {
    value: number(value, document, isShare),
    unit: isShare ? '' : unitOf(unit, document)
  };
}

/** What a unit is called. */
function unitOf(unit = '', { language }: Journey): string {
  const units: Record<string, string> = wordsOf(language).units;
  return units[unit] ?? unit;
}

/** A value with its unit, as one text. */
export function written(
  value: number,
  unit: string | undefined,
  document: Journey
): string {
  return joined(quantity(value, unit, document));
}

/** A value and its unit as one text. */
export function joined(parts: { value: string; unit?: string }): string {
  return [parts.value, parts.unit].filter(Boolean).join(' ');
}

function whiskerOf(figure: Measurement): Shown['whisker'] {
  const { value, low, high, suppressed } = figure;
  return typeof value === 'number' &&
    typeof low === 'number' &&
    typeof high === 'number' &&
    !suppressed
    ? { value, low, high }
    : null;
}

// Made once: that takes longer than all else about a figure, and each paint asks for hundreds.
const formats = new Map<string, Intl.NumberFormat>();

function number(value: number, document: Journey, isShare = false): string {
  const { language = 'en' } = document;
  const options: Intl.NumberFormatOptions = isShare
    ? { style: 'percent', maximumFractionDigits: 1 }
    : Math.abs(value) < 1000
      ? { maximumSignificantDigits: 3 }
      : { maximumFractionDigits: 0 };
  const key = JSON.stringify([language, options]);
  const format = formats.get(key) ?? new Intl.NumberFormat(language, options);
  formats.set(key, format);
  return format.format(value).replace('-', '−');
}

/** The range in which a lane's whiskers are drawn, zero included; shares have one in common. */
export function scaleOf(
  figures: readonly Measurement[],
  unit: string | undefined
): [number, number] {
  if (SHARES.has(unit)) {
    return [0, 1];
  }
  const ends = figures
    .filter(figure => figure.unit === unit)
    .flatMap(({ value, low, high }) =>
      [value, low, high].filter(end => typeof end === 'number')
    );
  return [Math.min(0, ...ends), Math.max(0, ...ends)];
}
