/** How a measurement is written: value, unit, cases, interval. */
import type { Journey, Measurement } from '../store/types';
import type { Words } from './words';
import { fill } from './words';

export interface Shown {
  readonly value: string;
  readonly unit: string;
  readonly name: string;
  readonly n: string;
  /** Value and interval on one scale, where there is an interval. */
  readonly whisker: { value: number; low: number; high: number } | null;
  readonly spoken: string;
}

// The same as in the Python renderer, `charts/map_view.py`.
const SHARES = new Set(['share', 'ratio', 'rate', 'fraction', 'proportion']);

export function shown(
  figure: Measurement,
  document: Journey,
  words: Words
): Shown {
  const language = document.language ?? 'en';
  const isShare = SHARES.has(figure.unit ?? '');
  const write = (value: number) => number(value, language, isShare);
  const unit = isShare ? '' : (figure.unit ?? '');
  const isHidden = figure.suppressed || (figure.value ?? null) === null;
  const value = isHidden ? '–' : write(figure.value as number);
  const n =
    (figure.n ?? null) === null
      ? ''
      : fill(words.n, { n: number(figure.n as number, language, false) });
  const whisker = whiskerOf(figure);
  const why = figure.suppressed
    ? fill(words.suppressed, { n: document.settings?.min_group ?? 10 })
    : '';
  const interval =
    whisker &&
    fill(words.interval, {
      low: write(whisker.low),
      high: write(whisker.high)
    });
  const spoken = [
    fill(words.figure, {
      value: [value, unit].filter(Boolean).join(' '),
      name: figure.name
    }),
    interval,
    n,
    why
  ];
  return {
    value,
    unit,
    name: figure.name,
    n: why || n,
    whisker,
    spoken: spoken.filter(Boolean).join(', ')
  };
}

/** A value as its unit asks, with the unit behind it. */
export function quantity(
  value: number,
  unit: string | undefined,
  document: Journey
): { value: string; unit: string } {
  const isShare = SHARES.has(unit ?? '');
  return {
    value: number(value, document.language ?? 'en', isShare),
    unit: isShare ? '' : (unit ?? '')
  };
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

function number(value: number, language: string, isShare: boolean): string {
  return new Intl.NumberFormat(language, {
    style: isShare ? 'percent' : 'decimal',
    ...(isShare
      ? { maximumFractionDigits: 1 }
      : Math.abs(value) < 1000
        ? { maximumSignificantDigits: 3 }
        : { maximumFractionDigits: 0 })
  }).format(value);
}

/** The range in which a lane's whiskers are drawn, zero included; shares have one in common. */
export function scaleOf(
  figures: readonly Measurement[],
  unit: string | undefined
): [number, number] {
  if (SHARES.has(unit ?? '')) {
    return [0, 1];
  }
  const ends = figures
    .filter(figure => figure.unit === unit)
    .flatMap(({ value, low, high }) =>
      [value, low, high].filter(end => typeof end === 'number')
    );
  return [Math.min(0, ...ends), Math.max(0, ...ends)];
}
