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
import type { Finding } from '../src/map/host';
import { intentOf } from '../src/map/keys';
import { mount } from '../src/map/mount';
import { placeOfFinding } from '../src/map/panels';
import { learnSigns } from '../src/map/signs';
import {
  chipColours,
  emotionWord,
  nameOf,
  seenAt,
  viewOf
} from '../src/map/view';
import * as theme from '../src/generated/theme';
import { words as languages } from '../src/generated/words';
import { fill, learn, wordsOf } from '../src/map/words';
import { shownFigures } from '../src/store/figures';
import { Store } from '../src/store/store';
import type { Journey } from '../src/store/types';
import { cellAt } from '../src/store/types';

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

test('cells of a persona who is gone are those of all', () => {
  const seen = viewOf(new Store(document, { deliver: () => {} }).get(), {
    persona: 'gone',
    bands: false,
    folded: []
  });
  expect([seen.persona, seen.rows[0].view.persona]).toEqual([null, null]);
});

describe('what a cell is called', () => {
  test.each([
    [0, 0, 'Pain points, Trial: Slow; Dear'],
    [0, 1, 'Pain points, Use: empty'],
    [1, 0, 'Emotion, Trial: unhappy (−1); target content (+1)'],
    [2, 0, 'Metrics, Trial: 42.1%, Went on, from 40% to 45%, n = 1,200']
  ])('lane %i, stage %i', (lane, stage, name) => {
    expect(nameOf(seenAt(view, view.lanes[lane], view.stages[stage]))).toBe(
      name
    );
  });

  test('hidden lanes are not shown', () => {
    expect(view.lanes.map(lane => lane.id)).not.toContain('owner');
  });
});

describe('the curve', () => {
  test('goes through its points and never beyond them', () => {
    const path = smooth([20, 80, 80]);
    const heights = [...path.matchAll(/[\d.]+ ([\d.]+)/g)].map(it =>
      Number(it[1])
    );
    expect(Math.min(...heights)).toBe(20);
    expect(Math.max(...heights)).toBe(80);
    expect(path).toContain('150 80');
  });

  test('leaves out a stage without a point, and shades nothing there', () => {
    const assumed = [10, 20, null, 30, 40];
    expect(smooth(assumed).match(/M[\d.]+/g)).toEqual(['M50', 'M350']);
    const whole = [60, 60, 60, 60, 60];
    const gap = gapOf(new Map([['assumed' as const, assumed]]));
    expect(gap.match(/M[\d.]+/g)).toEqual(['M50', 'M350']);
    for (const cut of [
      [assumed, whole],
      [whole, assumed]
    ]) {
      const lines = new Map([
        ['assumed' as const, cut[0]],
        ['measured' as const, cut[1]]
      ]);
      expect(gapOf(lines).match(/M[\d.]+/g)).toEqual(['M50', 'M350']);
    }
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

  test('keeps merged cells in their places, whatever the text makes of them', () => {
    const html = '<table><tr><td rowspan="2">a<td>b</tr><tr><td>c</tr></table>';
    // A spreadsheet's text, a browser's, and none.
    for (const text of ['a\tb\n\tc\n', 'a\tb\nc', '']) {
      expect(read(clipboard(text, html))).toEqual([
        ['a', 'b'],
        ['', 'c']
      ]);
    }
    expect(
      fromTable(
        '<table><tr><td rowspan="9" colspan="2">a<td>b<td rowspan="2">c</tr><tr></tr></table>'
      )
    ).toEqual([
      ['a', '', 'b', 'c'],
      ['', '', '', '']
    ]);
  });

  test('reads one cell of two lines as one, in quotes or not', () => {
    const html = '<table><tr><td>Pay<br>\n   later</td></tr></table>';
    for (const text of ['Pay\nlater', '"Pay\nlater"\n']) {
      expect(read(clipboard(text, html))).toEqual([['Pay\nlater']]);
    }
  });

  test('takes the text where the table holds something else', () => {
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
    const { element, unmount } = shownIn(store);
    const cell = () => element.querySelector('[role=gridcell]');
    const open = () => {
      const event = new MouseEvent('dblclick', { bubbles: true });
      void act(() => void cell()?.dispatchEvent(event));
    };
    open();
    const field = () => element.querySelector('textarea');
    const type = (text: string) => {
      const its = field() as HTMLTextAreaElement;
      its.value = text;
      const event = new Event('input', { bubbles: true });
      void act(() => void its.dispatchEvent(event));
    };
    const press = (key: string) => {
      const event = new KeyboardEvent('keydown', { key, bubbles: true });
      void act(() => void (field() ?? cell())?.dispatchEvent(event));
    };
    return { store, element, unmount, cell, open, field, type, press };
  }
  function shownIn({ get, on, send, keep }: Store) {
    const element = window.document.createElement('div');
    window.document.body.append(element);
    const host = { get, on, send, keep, readOnly: false };
    let unmount = () => {};
    void act(() => {
      unmount = mount(element, { ...host, theme: () => 'light' });
    });
    return { element, unmount };
  }
  const theirs = (store: Store, value: string[]) =>
    void act(() => {
      const [cell, ...others] = document.cells ?? [];
      const cells = [{ ...cell, value }, ...others];
      store.replaced({ ...document, cells }, store.get().revision + 1);
    });
  const valueIn = (store: Store) =>
    cellAt(store.get().document, {
      lane_id: 'pain-points',
      stage_id: 'trial',
      persona_id: null
    })?.value;
  const stages = document.stages ?? [];

  test('stays with its stage when another is put before it', () => {
    const { store, type, press } = opened();
    const first = { id: 'first', name: 'First' };
    void act(() =>
      store.replaced({ ...document, stages: [first, ...stages] }, 1)
    );
    type('Mine');
    press('Tab');
    const cells = store.get().document.cells ?? [];
    expect(cells.map(it => [it.stage_id, it.value])).toContainEqual([
      'trial',
      ['Mine']
    ]);
    expect(cells.map(it => it.stage_id)).not.toContain('first');
  });

  test('overwrites what another wrote only once that was said', () => {
    const { store, type, press, field, element } = opened();
    type('Mine');
    theirs(store, ['Theirs']);
    press('Enter');
    expect(valueIn(store)).toEqual(['Theirs']);
    expect(element.textContent).toContain(
      fill(words.conflict, { value: 'Theirs' })
    );
    expect(field()?.value).toBe('Mine');
    press('Enter');
    expect(field()).toBeNull();
    expect(valueIn(store)).toEqual(['Mine']);
  });

  test('takes what another wrote by Escape', () => {
    const { store, type, press, cell } = opened();
    type('Mine');
    theirs(store, ['Theirs']);
    press('Enter');
    press('Escape');
    expect(cell()?.textContent).toBe('Theirs');
    expect(store.get().drafts.size).toBe(0);
  });

  test('that one leaves keeps a draft, in every view and later ones', () => {
    const { store, type, press, field, cell, unmount } = opened();
    const second = shownIn(store);
    type('Mine');
    theirs(store, ['Theirs']);
    void act(() => void field()?.dispatchEvent(new Event('blur')));
    expect(valueIn(store)).toEqual(['Theirs']);
    expect(cell()?.getAttribute('aria-invalid')).toBe('true');
    const note = fill(words.conflict, { value: 'Theirs' });
    const inSecond = () =>
      second.element.querySelector('[role=gridcell]')?.textContent;
    expect(inSecond()).toBe(`Mine${note}`);
    const status = () =>
      shownIn(store).element.querySelector('[role=status]')?.textContent;
    // Told to those who were there, shown to all.
    expect(status()).toBe('');
    press('Escape');
    expect(inSecond()).toBe('Theirs');
    void act(unmount);
  });

  test('keeps what was typed when the whole map goes', () => {
    const { store, type, unmount } = opened();
    type('Typed');
    void act(unmount);
    expect(valueIn(store)).toEqual(['Typed']);
  });

  test('closes when its stage is gone, and says so', () => {
    const { store, element, field, type } = opened();
    type('Typed');
    void act(() =>
      store.replaced({ ...document, stages: stages.slice(1), cells: [] }, 1)
    );
    expect(field()).toBeNull();
    expect(element.textContent).toContain(`${words.gone} Typed`);
    expect(store.get().document.cells).toEqual([]);
    void act(() => store.replaced(document, 2));
    expect(element.querySelector('[role=gridcell]')?.textContent).toMatch(
      /^Typed/
    );
  });
});

test('a step back is said once it is made, each time anew', () => {
  const store = new Store(document, { deliver: () => {} });
  const element = window.document.createElement('div');
  window.document.body.append(element);
  const { get, on, send, keep } = store;
  const host = { get, on, send, keep, undo: () => {}, readOnly: false };
  void act(() => void mount(element, { ...host, theme: () => 'light' }));
  const press = (key: string) => {
    const event = new KeyboardEvent('keydown', {
      ...{ key, ctrlKey: true, bubbles: true }
    });
    const cell = element.querySelector('[role=gridcell]');
    void act(() => void cell?.dispatchEvent(event));
    return said();
  };
  const change = () => {
    const revision = store.get().revision + 1;
    void act(() => store.changed({ id: null, revision, ops: [] }));
    return said();
  };
  const said = () => element.querySelector('[role=status]')?.textContent;
  expect([press('z'), change()]).toEqual(['', words.undone]);
  expect([press('z'), change()]).toEqual(['', words.undone]);
  // Where there was none, nothing later is taken for it.
  expect([press('z'), press('a'), change()]).toEqual(['', '', '']);
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
  const seen = (persona: string | null, bands = false) =>
    viewOf(new Store(people, { deliver: () => {} }).get(), {
      persona,
      bands,
      folded: []
    });

  test('shows what holds for all where she has nothing', () => {
    const { rows, stages } = seen('admin');
    const [{ view: hers, lane }] = rows;
    expect(stages.map(stage => nameOf(seenAt(hers, lane, stage)))).toEqual([
      'Pain points, Trial: Shared, shared',
      'Pain points, Use: Hers'
    ]);
  });

  test('has her chips in the colours of everybody', () => {
    const tags: Journey = {
      ...people,
      lanes: [{ id: 'tags', name: 'Tags', kind: 'chips' }],
      cells: [
        { lane_id: 'tags', stage_id: 'trial', value: ['One'] },
        {
          ...{ lane_id: 'tags', stage_id: 'use', persona_id: 'admin' },
          value: ['Two', 'One']
        }
      ]
    };
    const state = new Store(tags, { deliver: () => {} }).get();
    const bands = { persona: null, bands: true, folded: [] };
    const { rows } = viewOf(state, bands);
    const colours = rows.map(row => [...chipColours(row.view, row.lane)]);
    const wanted = [
      ['One', 0],
      ['Two', 1]
    ];
    expect(colours).toEqual([wanted, wanted, wanted]);
  });

  test('has a band, in which only her own cells stand', () => {
    const { rows, stages } = seen(null, true);
    const headings = rows.map(row => row.heading).filter(Boolean);
    expect(headings).toEqual(['Everyone', 'Admin', 'User']);
    const [admin] = rows.filter(row => row.heading === 'Admin');
    expect(seenAt(admin.view, admin.lane, stages[0]).value).toBeNull();
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
      persona: null,
      bands: false,
      folded: ['a']
    });
    expect(folded.stages.map(({ id }) => id)).toEqual(['a', 'd']);
  });
});

test('the gap lies where both lines have neighbouring points', () => {
  const lines = new Map([
    ['assumed' as const, [10, 20, 30]],
    ['measured' as const, [null, 40, 60]]
  ]);
  const path = gapOf(lines);
  expect(path.startsWith('M150 20')).toBe(true);
  expect(path).toContain('L250 60');
  expect(path.endsWith('150 40Z')).toBe(true);
});

test.each([
  ['a cell', [['emotion', 'use', null]], [1, 1]],
  ['a cell of a persona who is not shown', [['emotion', 'use', 'x']], [1, 1]],
  ['a stage', [[null, 'use', null]], [-1, 1]],
  ['a lane', [['metrics', null, null]], [2, -1]],
  ['what is gone', [['emotion', 'gone', null]], null],
  [
    'what a hidden lane holds, too',
    [
      ['owner', 'use', null],
      [null, 'trial', null]
    ],
    [-1, 0]
  ],
  ['the map', [], null]
])('a finding about %s leads to its place', (_, places, at) => {
  const spots = places.map(([lane, stage, persona]) => ({
    ...{ lane, stage, persona }
  }));
  const finding = { spots } as unknown as Finding;
  expect(placeOfFinding(finding, view)).toEqual(at);
});
