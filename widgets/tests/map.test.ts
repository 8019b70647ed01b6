import { describe, expect, test } from 'vitest';

import { smooth } from '../src/map/curve';
import { shown } from '../src/map/figures';
import { intentOf } from '../src/map/keys';
import { emotionWord, nameOf, viewOf } from '../src/map/view';
import { fill, wordsOf } from '../src/map/words';
import { Store } from '../src/store/store';
import type { Journey } from '../src/store/types';

const document: Journey = {
  schema_version: 1,
  title: 'Acme',
  lanes: [
    { id: 'pain-points', name: 'Pain points', kind: 'list' },
    { id: 'emotion', name: 'Emotion', kind: 'score' },
    { id: 'metrics', name: 'Metrics', kind: 'metric' },
    { id: 'owner', name: 'Owner', kind: 'text', hidden: true }
  ],
  stages: [
    { id: 'trial', name: 'Trial', group: 'Acquisition' },
    { id: 'use', name: 'Use', group: 'Retention' }
  ],
  cells: [
    { lane_id: 'pain-points', stage_id: 'trial', value: ['Slow', 'Dear'] },
    { lane_id: 'emotion', stage_id: 'trial', value: -1, target: 1 }
  ],
  measurements: [
    {
      id: 'm',
      name: 'Went on',
      metric: 'MET-37',
      lane_id: 'metrics',
      stage_id: 'trial',
      value: 0.4213,
      low: 0.4,
      high: 0.45,
      n: 1200,
      unit: 'share'
    }
  ]
};
const words = wordsOf('en');
const view = viewOf(new Store(document, { deliver: () => {} }).get());

describe('what a cell is called', () => {
  test.each([
    [0, 0, 'Pain points, Trial: Slow; Dear'],
    [0, 1, 'Pain points, Use: empty'],
    [1, 0, 'Emotion, Trial: unhappy (−1); target content (+1)'],
    [2, 0, 'Metrics, Trial: 42.1%, Went on, from 40% to 45%, n = 1,200']
  ])('lane %i, stage %i', (lane, stage, name) => {
    expect(nameOf(view, view.lanes[lane], view.stages[stage])).toBe(name);
  });

  test('hidden lanes are not shown', () => {
    expect(view.lanes.map(lane => lane.id)).not.toContain('owner');
  });
});

describe('figures', () => {
  test('a group that is too small shows no figure', () => {
    const figure = {
      id: 's',
      name: 'x',
      metric: 'm',
      value: null,
      suppressed: true
    };
    const { value, n, whisker } = shown(figure, document, words);
    expect([value, n, whisker]).toEqual([
      '–',
      'Fewer than 10 cases: not shown',
      null
    ]);
  });
});

describe('the curve', () => {
  test('goes through its points and never beyond them', () => {
    const path = smooth([
      [50, 20],
      [150, 80],
      [250, 80]
    ]);
    const heights = [...path.matchAll(/[\d.]+ ([\d.]+)/g)].map(it =>
      Number(it[1])
    );
    expect(Math.min(...heights)).toBe(20);
    expect(Math.max(...heights)).toBe(80);
    expect(path).toContain('150 80');
  });

  test.each([
    [-2, 'very unhappy'],
    [-0.5, 'neutral'],
    [0.5, 'content'],
    [2, 'delighted']
  ])('%d is called %s', (score, word) => {
    expect(emotionWord(score, words)).toBe(word);
  });
});

describe('keys', () => {
  const size = { rows: 2, columns: 3 };
  const press = (key: string, at: [number, number], more = {}) =>
    intentOf(new KeyboardEvent('keydown', { key, ...more }), at, size);
  test.each<[string, [number, number], object, unknown]>([
    ['ArrowDown', [0, 1], {}, { do: 'go', row: 1, column: 1 }],
    ['ArrowDown', [1, 1], {}, { do: 'go', row: 1, column: 1 }],
    ['Tab', [0, 2], {}, { do: 'go', row: 1, column: 0 }],
    ['Tab', [1, 2], {}, null],
    ['Tab', [0, 0], { shiftKey: true }, null],
    ['End', [0, 0], { ctrlKey: true }, { do: 'go', row: 1, column: 2 }],
    ['F2', [0, 0], {}, { do: 'edit' }],
    ['x', [0, 0], {}, { do: 'edit', text: 'x' }],
    ['x', [0, 0], { ctrlKey: true }, null],
    ['z', [0, 0], { ctrlKey: true }, { do: 'undo' }],
    ['Z', [0, 0], { metaKey: true, shiftKey: true }, { do: 'redo' }]
  ])('%s at %j with %j', (key, at, more, intent) => {
    expect(press(key, at, more)).toEqual(intent);
  });
});

test('a template keeps what it has no field for', () => {
  expect(fill('{a} and {b}', { a: 1 })).toBe('1 and {b}');
});
