import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { act } from 'preact/test-utils';
import { describe, expect, test } from 'vitest';

import {
  fromTable,
  fromText as blockOf,
  read,
  written
} from '../src/store/blocks';
import { gapOf, smooth } from '../src/map/curve';
import { intentOf } from '../src/map/keys';
import { mount } from '../src/map/mount';
import { learnSigns } from '../src/map/signs';
import { cellOf, emotionWord, nameOf, viewOf } from '../src/map/view';
import * as theme from '../src/generated/theme';
import { words as languages } from '../src/generated/words';
import { fill, learn, wordsOf } from '../src/map/words';
import { shownFigures } from '../src/store/figures';
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
learn(languages);
learnSigns(theme);
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
  const go = (row: number, column: number, isRange = false) => ({
    do: 'go',
    row,
    column,
    isRange
  });
  const size = { rows: 2, columns: 3 };
  const press = (key: string, at: [number, number], more = {}) =>
    intentOf(new KeyboardEvent('keydown', { key, ...more }), at, size);
  test.each<[string, [number, number], object, unknown]>([
    ['ArrowDown', [0, 1], {}, go(1, 1)],
    ['ArrowDown', [1, 1], {}, go(1, 1)],
    ['ArrowDown', [0, 1], { shiftKey: true }, go(1, 1, true)],
    ['ArrowUp', [0, 1], {}, go(-1, 1)],
    ['ArrowUp', [0, 1], { shiftKey: true }, go(0, 1, true)],
    ['ArrowLeft', [1, 0], {}, go(1, -1)],
    ['ArrowLeft', [-1, 0], {}, go(-1, 0)],
    ['ArrowDown', [-1, 2], {}, go(0, 2)],
    ['ArrowRight', [-1, 0], { altKey: true }, { do: 'shift', by: 1 }],
    [
      'ArrowUp',
      [0, 0],
      { ctrlKey: true },
      { do: 'raise', by: 1, isTarget: false }
    ],
    ['Tab', [0, 2], {}, go(1, 0)],
    ['Tab', [1, -1], {}, go(1, 0)],
    [' ', [-1, 0], {}, { do: 'menu' }],
    ['x', [-1, 0], {}, null],
    ['?', [0, 0], {}, { do: 'help' }],
    ['F10', [0, 0], { shiftKey: true }, { do: 'menu' }],
    ['f', [0, 0], { ctrlKey: true }, { do: 'find' }],
    ['Tab', [1, 2], {}, null],
    ['Tab', [0, 0], { shiftKey: true }, null],
    ['End', [0, 0], { ctrlKey: true }, go(1, 2)],
    ['F2', [0, 0], {}, { do: 'edit' }],
    ['x', [0, 0], {}, { do: 'edit', text: 'x' }],
    ['x', [0, 0], { ctrlKey: true }, null],
    ['z', [0, 0], { ctrlKey: true }, { do: 'undo' }],
    ['Z', [0, 0], { metaKey: true, shiftKey: true }, { do: 'redo' }]
  ])('%s at %j with %j', (key, at, more, intent) => {
    expect(press(key, at, more)).toEqual(intent);
  });
});

describe('the clipboard', () => {
  test.each([
    [
      'a\tb\nc\td\n',
      [
        ['a', 'b'],
        ['c', 'd']
      ]
    ],
    ['a\r\nb\r\n', [['a'], ['b']]],
    ['"two\nlines"\t"say ""hi"""', [['two\nlines', 'say "hi"']]],
    ['5" wide\tx', [['5" wide', 'x']]],
    [
      '\t\n\tx',
      [
        ['', ''],
        ['', 'x']
      ]
    ],
    ['"x\r\ny"\tz\r\n', [['x\r\ny', 'z']]],
    ['a\t', [['a', '']]],
    ['one', [['one']]],
    ['', [['']]]
  ])('reads %j', (text, block) => {
    expect(blockOf(text)).toEqual(block);
  });

  test('reads the table of a spreadsheet', () => {
    const html =
      '<html><body><!--StartFragment--><table><tr><td>a<br>b</td>' +
      '<td>x\n   y</td></tr><tr><td colspan="2">&lt;b&gt;</td></tr></table>';
    expect(fromTable(html)).toEqual([
      ['a\nb', 'x y'],
      ['<b>', '']
    ]);
  });

  const clipboard = (text: string, html: string) => ({
    getData: (type: string) => (type === 'text/html' ? html : text)
  });

  test('takes the text of merged cells, whose columns the table would shift', () => {
    const html = '<table><tr><td rowspan="2">a<td>b</tr><tr><td>c</tr></table>';
    expect(read(clipboard('a\tb\n\tc\n', html))).toEqual([
      ['a', 'b'],
      ['', 'c']
    ]);
    expect(read(clipboard('a\r\nb\r\n', '<table><tr><td>x</table>'))).toEqual([
      ['a'],
      ['b']
    ]);
  });

  test('takes the table where only that has cells', () => {
    const html = '<table><tr><td>1<td>a<br>b</table>';
    expect(read(clipboard('', html))).toEqual([['1', 'a\nb']]);
    expect(read(clipboard('word', '<table><tr><td>w</table>'))).toEqual([
      ['word']
    ]);
  });

  test('reads back what it wrote, in both forms', () => {
    const block = [
      ['a\nb', '"q"\t'],
      ['', '<i>&amp;</i>']
    ];
    const { text, html } = written(block);
    expect(blockOf(text)).toEqual(block);
    expect(fromTable(html)).toEqual([
      ['a\nb', '"q"'],
      ['', '<i>&amp;</i>']
    ]);
  });

  test('says of a text that looks like a formula that it is none', () => {
    const { html } = written([['=1+1', '-1']]);
    expect(html).toContain('>=1+1</td><td>-1</td>');
    expect(html.match(/mso-number-format/g)).toHaveLength(1);
  });
});

describe('an open editor', () => {
  function opened() {
    const store = new Store(document, { deliver: () => {} });
    const { get, on, send } = store;
    const element = window.document.createElement('div');
    window.document.body.append(element);
    void act(() => {
      mount(element, { get, on, send, readOnly: false, theme: () => 'light' });
    });
    const cell = element.querySelector('[role=gridcell]');
    const event = new MouseEvent('dblclick', { bubbles: true });
    void act(() => void cell?.dispatchEvent(event));
    return { store, element, field: () => element.querySelector('textarea') };
  }
  const stages = document.stages ?? [];

  test('stays with its stage when another is put before it', () => {
    const { store, field } = opened();
    const first = { id: 'first', name: 'First' };
    void act(() =>
      store.replaced({ ...document, stages: [first, ...stages] }, 1)
    );
    const its = field() as HTMLTextAreaElement;
    its.value = 'Mine';
    void act(
      () => void its.dispatchEvent(new Event('input', { bubbles: true }))
    );
    const tab = new KeyboardEvent('keydown', { key: 'Tab', bubbles: true });
    void act(() => void its.dispatchEvent(tab));
    const cells = store.get().document.cells ?? [];
    expect(cells.map(it => [it.stage_id, it.value])).toContainEqual([
      'trial',
      ['Mine']
    ]);
    expect(cells.map(it => it.stage_id)).not.toContain('first');
  });

  test('closes when its stage is gone, and says so', () => {
    const { store, element, field } = opened();
    expect(field()).not.toBeNull();
    void act(() =>
      store.replaced({ ...document, stages: stages.slice(1), cells: [] }, 1)
    );
    expect(field()).toBeNull();
    expect(element.textContent).toContain(words.gone);
    expect(store.get().document.cells).toEqual([]);
  });
});

describe('one persona', () => {
  const people: Journey = {
    ...document,
    personas: [
      { id: 'admin', name: 'Admin' },
      { id: 'user', name: 'User' }
    ],
    cells: [
      { lane_id: 'pain-points', stage_id: 'trial', value: ['Shared'] },
      {
        lane_id: 'pain-points',
        stage_id: 'use',
        persona_id: 'admin',
        value: ['Hers']
      }
    ]
  };
  const seen = (whose: string | null, isBanded = false) =>
    viewOf(new Store(people, { deliver: () => {} }).get(), {
      whose,
      isBanded,
      collapsed: new Set()
    });

  test('shows what holds for all where she has nothing', () => {
    const { rows, stages } = seen('admin');
    const [{ view: hers, lane }] = rows;
    expect(stages.map(stage => nameOf(hers, lane, stage))).toEqual([
      'Pain points, Trial: Shared, shared',
      'Pain points, Use: Hers'
    ]);
  });

  test('has a band, in which only her own cells stand', () => {
    const { rows, stages } = seen(null, true);
    const headings = rows.map(row => row.heading).filter(Boolean);
    expect(headings).toEqual(['Everyone', 'Admin', 'User']);
    const [admin] = rows.filter(row => row.heading === 'Admin');
    expect(cellOf(admin.view, admin.lane, stages[0])).toBeUndefined();
  });
});

describe('which figures a map shows', () => {
  const cases = JSON.parse(
    readFileSync(
      join(import.meta.dirname, '../../tests/golden/figures.json'),
      'utf8'
    )
  ) as {
    name: string;
    document: Journey;
    persona: string | null;
    shown: string[];
  }[];
  test.each(cases)('$name', ({ document: given, persona, shown: ids }) => {
    expect(shownFigures(given, persona).map(({ id }) => id)).toEqual(ids);
  });
});

describe('sub-steps', () => {
  test('fold away with the stage they are parts of', () => {
    const steps: Journey = {
      ...document,
      stages: [
        { id: 'a', name: 'A' },
        { id: 'b', name: 'B', parent_id: 'a' },
        { id: 'c', name: 'C', parent_id: 'b' },
        { id: 'd', name: 'D' }
      ]
    };
    const state = new Store(steps, { deliver: () => {} }).get();
    const folded = viewOf(state, {
      whose: null,
      isBanded: false,
      collapsed: new Set(['a'])
    });
    expect(folded.stages.map(({ id }) => id)).toEqual(['a', 'd']);
  });
});

test('the gap lies where both lines have neighbouring points', () => {
  const line = (...points: [number, number][]) => points;
  const lines = new Map([
    ['assumed' as const, line([50, 10], [150, 20], [250, 30])],
    ['measured' as const, line([150, 40], [250, 60])]
  ]);
  const [path] = gapOf(lines);
  expect(path.startsWith('M150 20')).toBe(true);
  expect(path).toContain('L250 60');
  expect(path.endsWith('150 40Z')).toBe(true);
});

test('a template keeps what it has no field for', () => {
  expect(fill('{a} and {b}', { a: 1 })).toBe('1 and {b}');
});
