import { describe, expect, test } from 'vitest';

import { words as languages } from '../src/generated/words';
import { difference, periodOf, shown } from '../src/map/figures';
import { nameOf, seenAt, viewOf } from '../src/map/view';
import { learn, wordsOf } from '../src/map/words';
import { Store } from '../src/store/store';
import type { Journey, Measurement } from '../src/store/types';

learn(languages);
const words = wordsOf('en');
const now: Measurement = {
  id: 'now',
  name: 'Went on',
  metric: 'MET-37',
  lane_id: 'metrics',
  stage_id: 'trial',
  value: 0.42,
  low: 0.4,
  high: 0.44,
  n: 1200,
  unit: 'share',
  direction: 'up',
  period: '2026-02-01/2026-02-28'
};
const before = {
  ...now,
  id: 'before',
  value: 0.4,
  period: '2026-01-01/2026-01-31'
};

function journey(...measurements: Measurement[]): Journey {
  return {
    schema_version: 1,
    title: 'Acme',
    lanes: [{ id: 'metrics', name: 'Metrics', kind: 'metric' }],
    stages: [{ id: 'trial', name: 'Trial' }],
    measurements
  };
}

const trendOf = (...measurements: Measurement[]) =>
  shown(measurements[0], journey(...measurements), words).trend;

describe('a figure', () => {
  test('of a group that is too small is not shown', () => {
    const small = { ...now, value: null, suppressed: true };
    const { value, basis, whisker, trend } = shown(
      small,
      journey(small, before),
      words
    );
    expect([value, basis, whisker, trend]).toEqual([
      '–',
      ['Fewer than 10 cases: not shown', '2026-02'],
      null,
      null
    ]);
  });

  test('stands on its interval and its cases', () => {
    expect(shown(now, journey(now), words)).toMatchObject({
      value: '42%',
      basis: ['40% – 44%', 'n = 1,200', '2026-02'],
      trend: null
    });
  });

  test.each([
    ['2026-01-01/2026-03-31', '2026-01 – 2026-03'],
    ['2024-02-01/2024-02-29', '2024-02'],
    ['2026-01-05/2026-01-31', '2026-01-05 – 2026-01-31'],
    ['2026-01-05', '2026-01-05'],
    ['', '']
  ])('of the period %s', (period, said) => {
    expect(periodOf(period)).toBe(said);
  });
});

describe('the trend', () => {
  test('against the last period before', () => {
    const long_ago = {
      ...before,
      id: 'old',
      value: 0.9,
      period: '2025-01-01/2025-01-31'
    };
    expect(trendOf(now, long_ago, before)).toEqual({
      way: 'up',
      mood: 'good',
      text: '+2 pts, better',
      since: 'since 2026-01'
    });
  });

  test('is bad where less would be better', () => {
    expect(trendOf({ ...now, direction: 'down' }, before)?.mood).toBe('bad');
  });

  test('is neither without a direction', () => {
    expect(trendOf({ ...now, direction: null }, before)?.text).toBe('+2 pts');
  });

  test('is level where nothing moved', () => {
    expect(trendOf(now, { ...before, value: 0.42 })).toEqual({
      way: 'level',
      mood: '',
      text: 'unchanged',
      since: 'since 2026-01'
    });
  });

  test.each([
    ['the same period, computed again', { period: now.period }],
    ['another segment', { segment_id: 'big' }],
    ['another unit', { unit: 'days' }],
    ['a suppressed figure', { suppressed: true, value: null }]
  ])('is none against %s', (_, other) => {
    expect(trendOf(now, { ...before, ...other })).toBeNull();
  });

  test.each([
    [-0.5, 'days', '−0.5 days'],
    [0.031, 'share', '+3.1 pts'],
    [12, '', '+12']
  ])('a difference of %d %s', (change, unit, said) => {
    expect(difference(change, unit, journey(), words)).toBe(said);
  });
});

test('a screen reader hears all that a figure shows', () => {
  const held = {
    ...journey(before, now),
    cells: [{ lane_id: 'metrics', stage_id: 'trial', value: 0.5, target: 0.6 }]
  };
  const state = new Store(held, { deliver: () => {} }).get();
  const view = viewOf(state, undefined, { now: 'stale' });
  expect(nameOf(seenAt(view, view.lanes[0], view.stages[0]))).toBe(
    'Metrics, Trial: 50% (set by hand); 42%, Went on, from 40% to 44%, n = 1,200, ' +
      '2026-02, +2 pts, better, since 2026-01, stale; target 60%'
  );
});
