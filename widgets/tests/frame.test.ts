import { describe, expect, it } from 'vitest';

import { FrameStore } from '../src/store/frame';
import { listed } from '../src/store/frame_columns';
import { FrameRows } from '../src/store/frame_rows';
import type {
  About,
  Answer,
  Field,
  Kind,
  Made,
  Op,
  Patch,
  Value
} from '../src/store/frame_types';
import { fromPlain, typed } from '../src/store/frame_values';
import type { Look } from '../src/store/frame_view';
import {
  distinct,
  orderOf,
  visibleColumns,
  visibleKeys
} from '../src/store/frame_view';
import { pasted } from '../src/table/actions';
import type { Editing } from '../src/table/body';
import type { Desk } from '../src/table/commands';
import { begin, commit, copy, paste } from '../src/table/commands';
import type { At } from '../src/table/keys';
import { intentOf } from '../src/table/keys';
import { frameWords } from '../src/generated/frame_words';
import { fill, voiceOf } from '../src/table/words';

const voice = voiceOf({ en: frameWords.en });
const { words } = voice;

function field(kind: Kind, change: Partial<Field> = {}): Field {
  return {
    label: kind,
    kind,
    dtype: kind,
    editable: true,
    nullable: true,
    options: [],
    minimum: null,
    maximum: null,
    pattern: null,
    zone: null,
    ...change
  };
}

function about(change: Partial<About> = {}): About {
  return {
    frame_id: 'f',
    revision: 0,
    size: 3,
    columns: [field('text'), field('integer', { nullable: false })],
    index: { label: '', field: null, start: 0, step: 1, grows: true },
    can_undo: false,
    can_redo: false,
    ...change
  };
}

const values = (): Value[][] => [
  ['b', 'a', null],
  [10, 9, 100]
];

const plainRows = (columns: Value[][]) => ({
  keys: null,
  labels: null,
  columns: columns.map(listed)
});

function storeOf() {
  const sent: Patch[] = [];
  const asked: (string | number)[] = [];
  const store = new FrameStore(about(), plainRows(values()), {
    deliver: patch => sent.push(patch),
    turn: which => asked.push(which),
    rejoin: ({ revision }) => asked.push(revision)
  });
  const told = { frame_id: 'f', can_undo: true, can_redo: false };
  return { store, sent, asked, told };
}

const put = (row: number, column: number, old: Value, value: Value): Op => ({
  op: 'set',
  row,
  column,
  old,
  new: value
});

describe('the store', () => {
  it('shows an edit at once and takes over what Python made of it', () => {
    const { store, sent, told } = storeOf();
    store.send([put(0, 1, 10, 11), put(1, 0, 'a', 'a')]);
    expect(store.get().rows.value(0, 1)).toBe(11);
    expect(sent[0].ops).toHaveLength(1);
    expect(store.get().status).toBe('pending');
    store.answered({
      ...told,
      type: 'accepted',
      id: sent[0].id,
      revision: 1,
      changes: [{ op: 'set', row: 0, column: 1, new: 12 }]
    });
    expect(store.get().rows.value(0, 1)).toBe(12);
    expect(store.get().status).toBe('saved');
  });

  it('says why a step back was refused, which carries no id', () => {
    const { store, told } = storeOf();
    store.refused({
      ...told,
      type: 'refused',
      id: null,
      revision: 0,
      row: null,
      column: null,
      reason: 'its shape',
      changes: []
    });
    expect(store.get().refusal).toEqual({ reason: 'its shape' });
  });

  it('asks for the frame where a refusal tells that it missed a change', () => {
    const { store, sent, asked, told } = storeOf();
    const refusal = { type: 'refused' as const, row: null, column: null };
    for (const revision of [0, 1]) {
      store.send([put(0, 1, 10, 300)]);
      const { id } = sent[revision];
      const changes = [{ op: 'set' as const, row: 0, column: 1, new: 10 }];
      store.refused({ ...told, ...refusal, id, revision, reason: '', changes });
    }
    expect(asked).toEqual([-1]);
  });

  it('asks for the frame where rows of another come beside rows on their way', () => {
    const { store, sent, asked, told } = storeOf();
    store.send([{ op: 'delete', rows: [2] }]);
    const changes: Made[] = [{ op: 'insert', after: 2, rows: [9] }];
    store.answered({
      ...told,
      ...{ type: 'changed', id: null, revision: 1, changes }
    });
    expect(asked).toEqual([-1]);
    store.answered({
      ...told,
      ...{ type: 'accepted', id: sent[0].id, revision: 2, changes: [] }
    });
    store.replaced(about({ revision: 2 }), {
      ...plainRows(values()),
      keys: listed([0, 1, 9])
    });
    expect(store.get().rows.keys).toEqual([0, 1, 9]);
    expect(store.get().status).toBe('saved');
  });

  it('shows changes of a new frame in cells that an edit of the old one was about', () => {
    const { store, told } = storeOf();
    store.send([put(0, 1, 10, 11)]);
    store.replaced(about({ frame_id: 'g', revision: 1 }), plainRows(values()));
    const changes: Made[] = [{ op: 'set', row: 0, column: 1, new: 12 }];
    store.answered({
      ...told,
      ...{ type: 'changed', id: null, frame_id: 'g', revision: 2, changes }
    });
    expect(store.get().rows.value(0, 1)).toBe(12);
  });

  it('puts back what was refused and keeps the text with the reason', () => {
    const { store, sent, told } = storeOf();
    store.send([put(0, 1, 10, 300)]);
    store.refused({
      ...told,
      type: 'refused',
      id: sent[0].id,
      revision: 0,
      row: 0,
      column: 1,
      reason: 'too large',
      changes: [{ op: 'set', row: 0, column: 1, new: 10 }]
    });
    expect(store.get().rows.value(0, 1)).toBe(10);
    expect(store.get().drafts.get('0,1')).toEqual({
      text: '300',
      reason: 'too large'
    });
    expect(store.get().refusal?.reason).toBe('too large');
  });

  it('keeps all texts of a patch that was refused as a whole', () => {
    const { store, sent, told } = storeOf();
    store.send([put(0, 0, 'b', 'one'), put(1, 0, 'a', null)]);
    store.refused({
      ...told,
      type: 'refused',
      id: sent[0].id,
      revision: 0,
      ...{ row: null, column: null, reason: 'read-only', changes: [] }
    });
    expect([...store.get().drafts]).toEqual([
      ['0,0', { text: 'one', reason: 'read-only' }]
    ]);
  });

  it('keeps texts in another frame of the same rows whose columns come first', () => {
    const { store } = storeOf();
    const draft = { text: 'ten', reason: 'no number' };
    store.keepDraft(0, 1, draft);
    store.keepDraft(2, 0, draft);
    const columns = [field('date'), ...about().columns.slice(1), field('tags')];
    const other = { frame_id: 'g', revision: 1, columns };
    store.replaced(about(other), plainRows([...values(), []]));
    expect([...store.get().drafts]).toEqual([['0,1', draft]]);
    const index = { ...about().index, start: 5 };
    const rows = { ...other, frame_id: 'h', index };
    store.replaced(about(rows), plainRows([...values(), []]));
    expect([...store.get().drafts]).toEqual([]);
  });

  it('lets no older answer overwrite a later edit of the same cell', () => {
    const { store, sent, told } = storeOf();
    store.send([put(0, 0, 'b', 'one')]);
    store.send([put(0, 0, 'one', 'two')]);
    store.answered({
      ...told,
      type: 'accepted',
      id: sent[0].id,
      revision: 1,
      changes: [{ op: 'set', row: 0, column: 0, new: 'one' }]
    });
    expect(store.get().rows.value(0, 0)).toBe('two');
    expect(store.get().status).toBe('pending');
  });

  it('asks for the whole frame when it missed something', () => {
    const { store, asked, told } = storeOf();
    store.answered({
      ...told,
      type: 'changed',
      id: null,
      revision: 2,
      changes: []
    });
    store.answered({
      ...told,
      frame_id: 'g',
      type: 'changed',
      id: null,
      revision: 1,
      changes: []
    });
    expect(asked).toEqual([-1, -1]);
  });

  it('is done with its edit when the answer comes after one it missed', () => {
    const { store, sent, asked, told } = storeOf();
    store.send([put(0, 0, 'b', 'mine')]);
    store.answered({
      ...told,
      type: 'accepted',
      id: sent[0].id,
      revision: 2,
      changes: [{ op: 'set', row: 0, column: 0, new: 'mine' }]
    });
    expect(asked).toEqual([-1]);
    const later = plainRows([['theirs', 'a', null], values()[1]]);
    store.replaced(about({ revision: 3 }), later);
    expect(store.get().rows.value(0, 0)).toBe('theirs');
    expect(store.get().status).toBe('saved');
  });

  it('is connected again when the frame comes anew', () => {
    const { store } = storeOf();
    store.lost();
    store.replaced(about({ revision: 1 }), plainRows(values()));
    expect(store.get().status).toBe('saved');
  });

  it('keeps what is on its way when the frame comes anew', () => {
    const { store } = storeOf();
    store.send([put(2, 0, null, 'mine')]);
    store.replaced(
      about({ revision: 5 }),
      plainRows([
        ['x', 'y', null],
        [1, 2, 3]
      ])
    );
    expect(store.get().rows.value(0, 0)).toBe('x');
    expect(store.get().rows.value(2, 0)).toBe('mine');
  });
});

describe('a lost connection', () => {
  it('is said, and an answer after all takes it back', () => {
    const { store, sent, told } = storeOf();
    store.send([put(0, 1, 10, 11)]);
    store.lost();
    expect(store.get().status).toBe('disconnected');
    store.answered({
      ...told,
      type: 'accepted',
      id: sent[0].id,
      revision: 1,
      changes: []
    });
    expect(store.get().status).toBe('saved');
    expect(store.get().rows.value(0, 1)).toBe(11);
  });
});

describe('the rows', () => {
  it('are found by their keys after insertions and deletions', () => {
    const rows = new FrameRows(plainRows(values()), about());
    rows.apply({ op: 'delete', rows: [0] });
    rows.apply({ op: 'insert', after: 1, rows: [77], values: [['new'], [7]] });
    expect(rows.keys).toEqual([1, 77, 2]);
    expect(rows.value(77, 1)).toBe(7);
    expect(rows.value(2, 1)).toBe(100);
    expect(rows.value(0, 1)).toBeNull();
    // Its answer from Python fills it, and doesn't put it in twice.
    rows.apply({
      op: 'insert',
      after: 1,
      rows: [77],
      values: [['named'], [8]]
    });
    expect(rows.keys).toEqual([1, 77, 2]);
    expect(rows.value(77, 0)).toBe('named');
  });
});

describe('the view', () => {
  const fields = [field('text'), field('integer')];
  const rows = () => new FrameRows(plainRows(values()), about());
  const sorted = (column: number, descending: boolean) =>
    visibleKeys(rows(), fields, { sort: [{ column, descending }] });

  it('sorts by value, missing last either way', () => {
    expect(sorted(0, false)).toEqual([1, 0, 2]);
    expect(sorted(0, true)).toEqual([0, 1, 2]);
    expect(sorted(1, false)).toEqual([1, 0, 2]);
  });

  it.each([
    ['1', '>=10', [0, 2]],
    ['1', '9..10', [0, 1]],
    ['1', '<10', [1]],
    ['0', 'A', [1]],
    ['0', '=', [2]],
    ['0', '!', [0, 1]],
    ['0', '=b', [0]]
  ])('filters column %s by %s', (column, text, keys) => {
    expect(visibleKeys(rows(), fields, { filter: { [column]: text } })).toEqual(
      keys
    );
  });

  it.each<[number, Value[], number[]]>([
    [0, ['a', null], [1, 2]],
    [1, [100], [2]],
    [1, [7], []]
  ])('filters column %i by the values %j', (column, chosen, keys) => {
    const filter = { [column]: chosen };
    expect(visibleKeys(rows(), fields, { filter })).toEqual(keys);
  });

  it('lists the values of a column, each tag of tags, unless there are too many', () => {
    expect(distinct(rows(), 0, fields[0], 3)).toEqual(['a', 'b', null]);
    expect(distinct(rows(), 1, fields[1], 3)).toEqual([9, 10, 100]);
    expect(distinct(rows(), 1, fields[1], 2)).toBeNull();
    const tags = new FrameRows(
      plainRows([[['b', 'a'], [], ['b']], []]),
      about()
    );
    expect(distinct(tags, 0, field('tags'), 3)).toEqual(['a', 'b', null]);
    const filter = { 0: ['a', null] };
    expect(visibleKeys(tags, [field('tags')], { filter })).toEqual([0, 1]);
  });

  it('shows chosen columns first and none twice', () => {
    expect(visibleColumns(4, { order: [2, 0, 9] })).toEqual([2, 0, 1, 3]);
  });
});

const start = { row: 0, column: 0 };
function deskOf({ store }: ReturnType<typeof storeOf>) {
  const said: string[] = [];
  let editing: Editing | null = null;
  const desk = (): Desk => {
    const state = store.get();
    const { keys } = state.rows;
    const grid = {
      state,
      keys,
      columns: [0, 1],
      locked: new Set<number>(),
      voice
    };
    return {
      host: {
        ...store,
        get: store.get,
        look: () => ({}),
        setLook: () => {},
        locked: () => grid.locked,
        voice,
        readOnly: false,
        theme: () => 'light'
      },
      view: {
        grid,
        widths: [],
        labels: 0,
        frozenAt: () => null,
        covered: 0,
        total: 0,
        last: { row: keys.length - 1, column: 1 },
        added: new Map<number, number | null>(),
        keysNow: () => keys
      },
      cursor: {
        active: start,
        area: { top: 0, left: 0, bottom: 0, right: 0 },
        go: () => {},
        step: () => {},
        choose: () => {},
        setAnchor: () => {}
      },
      isReadOnly: false,
      editing,
      setEditing: now => (editing = now),
      say: text => said.push(text)
    };
  };
  return { desk, said };
}

describe('an open editor', () => {
  const theirs = (told: object, changes: Made[]) =>
    ({ ...told, type: 'changed', id: null, revision: 1, changes }) as Answer;

  it("writes nothing over another's change when left without typing", () => {
    const made = storeOf();
    const { desk } = deskOf(made);
    begin(desk(), start);
    const change = { op: 'set', row: 0, column: 0, new: 'theirs' } as const;
    made.store.answered(theirs(made.told, [change]));
    commit(desk(), 'b', 'leave');
    expect(made.sent).toEqual([]);
    expect(made.store.get().rows.value(0, 0)).toBe('theirs');
  });

  it('tells Python what it held when it opened', () => {
    const made = storeOf();
    const { desk } = deskOf(made);
    begin(desk(), start);
    const change = { op: 'set', row: 0, column: 0, new: 'theirs' } as const;
    made.store.answered(theirs(made.told, [change]));
    commit(desk(), 'mine', 'leave');
    expect(made.sent[0].ops).toEqual([put(0, 0, 'b', 'mine')]);
  });

  it('takes what Python puts into a new row for what it held', () => {
    const made = storeOf();
    const { desk } = deskOf(made);
    made.store.send([{ op: 'insert', after: null, rows: [77] }]);
    begin(desk(), { row: 0, column: 1 }, '5');
    const values = [[null], [0]];
    const change: Made = { op: 'insert', after: null, rows: [77], values };
    const answer = theirs(made.told, [change]);
    made.store.answered({ ...answer, id: made.sent[0].id });
    commit(desk(), '5', 'leave');
    expect(made.sent[1].ops).toEqual([put(77, 1, 0, 5)]);
  });

  it.each<[string, (made: ReturnType<typeof storeOf>) => void]>([
    [
      'frame',
      ({ store }) =>
        store.replaced(
          about({ frame_id: 'g', revision: 1 }),
          plainRows(values())
        )
    ],
    [
      'row',
      ({ store, told }) =>
        store.answered(theirs(told, [{ op: 'delete', rows: [0] }]))
    ]
  ])('writes nowhere when its %s is gone, and says so', (what, happens) => {
    const made = storeOf();
    const { desk, said } = deskOf(made);
    begin(desk(), start);
    happens(made);
    commit(desk(), 'mine', 'down');
    expect(made.sent).toEqual([]);
    expect(desk().editing).toBeNull();
    const isThere = what === 'frame';
    expect(said).toEqual([isThere ? words.gone : `${words.gone} mine`]);
    const kept = isThere && { text: 'mine', reason: words.gone };
    expect(made.store.get().drafts.get('0,0') ?? false).toEqual(kept);
  });

  it('keeps what was typed where nothing can be written any more', () => {
    const made = storeOf();
    const { desk, said } = deskOf(made);
    begin(desk(), start);
    commit({ ...desk(), isReadOnly: true }, 'mine', 'down');
    expect(made.sent).toEqual([]);
    const reason = words.read_only;
    expect(made.store.get().drafts.get('0,0')).toEqual({
      text: 'mine',
      reason
    });
    expect(said).toEqual([reason]);
  });
});

describe('typed values', () => {
  it.each<[Kind, string, Value]>([
    ['number', '12.5', 12.5],
    ['number', '−1e3', -1000],
    ['number', 'inf', 'Infinity'],
    ['integer', '3.0', 3],
    ['integer', '9007199254740993', '9007199254740993'],
    ['boolean', 'Yes', true],
    ['boolean', '0', false],
    ['date', '2026-03-31', '2026-03-31'],
    ['datetime', '2026-03-31', '2026-03-31 00:00'],
    ['datetime', '2026-03-31T10:00:00.5+02:00', '2026-03-31T10:00:00.5+02:00'],
    ['tags', 'a, b', ['a', 'b']],
    ['tags', 'a, b\nc', ['a, b', 'c']],
    ['text', ' as it is ', ' as it is '],
    ['text', '', null]
  ])('reads %s %s', (kind, text, value) => {
    expect(typed(text, field(kind))).toEqual({ value });
  });

  it('finds a choice with blanks around it, and the one that is meant', () => {
    const options = ['a', ' a', 'b '];
    const column = field('choice', { options });
    expect(typed(' a', column)).toEqual({ value: ' a' });
    expect(typed('B', column)).toEqual({ value: 'b ' });
  });

  it.each<[string[]]>([[['a, b']], [['a, b', 'c']], [['a']], [['a', 'b']]])(
    'come back as they were: the tags %j',
    value => {
      expect(typed(fromPlain(value), field('tags'))).toEqual({ value });
    }
  );

  it.each<[Field, string, string]>([
    [field('number'), '1,234', 'needs_number'],
    [field('number'), '1e400', 'needs_number'],
    [field('integer'), '1.5', 'needs_integer'],
    [field('date'), '2026-02-31', 'needs_date'],
    [field('date'), '31.03.2026', 'needs_date'],
    [field('datetime'), '2026-03-31 25:00', 'needs_datetime'],
    [field('choice', { options: ['a'] }), 'b', 'needs_choice'],
    [field('text', { nullable: false }), ' ', 'needs_value'],
    [field('text', { pattern: '[a-z]+' }), 'A', 'needs_pattern'],
    [field('number', { maximum: 1 }), '2', 'needs_maximum']
  ])('refuses %o %s', (column, text, flaw) => {
    expect(typed(text, column)).toMatchObject({ flaw });
  });
});

describe('blocks', () => {
  it('say of a text that looks like a formula that it is none', () => {
    const made = storeOf();
    made.store.send([put(0, 0, 'b', '=1+1')]);
    const given = new Map<string, string>();
    copy(deskOf(made).desk(), {
      type: 'copy',
      clipboardData: {
        setData: (type: string, text: string) => given.set(type, text)
      },
      preventDefault: () => {},
      stopPropagation: () => {}
    } as unknown as ClipboardEvent);
    expect(given.get('text/plain')).toBe('=1+1');
    expect(given.get('text/html')).toContain('mso-number-format');
  });

  it('become one patch that adds the rows it needs, and misfits stay out', () => {
    const { store } = storeOf();
    const state = store.get();
    const grid = {
      state,
      keys: state.rows.keys,
      columns: [0, 1],
      locked: new Set([2]),
      voice
    };
    const area = { top: 2, left: 0, bottom: 2, right: 0 };
    const { ops, misfits } = pasted(grid, area, [
      ['x', '1'],
      ['y', 'two']
    ]);
    expect(ops.map(op => op.op)).toEqual(['insert', 'set']);
    expect(ops[1]).toMatchObject({ column: 0, new: 'y' });
    expect(misfits.map(misfit => misfit.text)).toEqual(['x', '1', 'two']);
    expect(
      pasted(grid, { ...area, left: 1 }, [['1', '2']]).problem
    ).toBeTruthy();
  });
});

describe('the order of the rows', () => {
  /** A view that is sorted by its numbers: 9, 10, 100. */
  function sorted() {
    const made = storeOf();
    const added = new Map<number, number | null>();
    let look: Look = { sort: [{ column: 1, descending: false }] };
    let order = orderOf(null, made.store.get(), look, added);
    const keys = (change: Look = {}) => {
      look = { ...look, ...change };
      order = orderOf(order, made.store.get(), look, added);
      return order.keys;
    };
    return { ...made, added, keys };
  }

  it('stays under the hand of who edits, adds and deletes', () => {
    const { store, added, keys } = sorted();
    expect(keys()).toEqual([1, 0, 2]);
    store.send([put(1, 1, 9, 500)]);
    added.set(7, 2).set(8, 7).set(9, 1);
    store.send([
      { op: 'insert', after: 2, rows: [7, 8] },
      { op: 'insert', after: 1, rows: [9] },
      put(7, 1, null, 1)
    ]);
    expect(keys()).toEqual([1, 9, 0, 2, 7, 8]);
    store.send([{ op: 'delete', rows: [0, 7] }]);
    expect(keys()).toEqual([1, 9, 2, 8]);
    expect(keys({ sort: [{ column: 1, descending: true }] })).toEqual([
      1, 2, 9, 8
    ]);
    expect(keys({ sort: [] })).toEqual(store.get().rows.keys);
  });

  it('keeps rows of this page in sight until another filter is set', () => {
    const { store, added, keys } = sorted();
    expect(keys({ filter: { 0: 'a' } })).toEqual([1]);
    store.send([put(1, 0, 'a', 'other')]);
    added.set(7, 1);
    store.send([{ op: 'insert', after: 2, rows: [7] }]);
    expect(keys()).toEqual([1, 7]);
    expect(keys({ sort: [] })).toEqual([7]);
    expect(keys({ filter: { 0: '=' } })).toEqual([2, 7]);
    expect(keys({ filter: { 0: 'b' } })).toEqual([0]);
  });

  it('goes on with the rows that a paste adds, one after the other', () => {
    const desk = deskOf(storeOf()).desk();
    paste(desk, {
      clipboardData: { getData: () => 'w\nx\ny\nz\nlast' },
      preventDefault: () => {},
      stopPropagation: () => {}
    } as unknown as ClipboardEvent);
    const [first, second] = desk.view.added.keys();
    expect([...desk.view.added.values()]).toEqual([2, first]);
    expect(second).not.toBe(first);
  });

  it('is worked out anew where others add rows', () => {
    const { store, told, keys } = sorted();
    const insert = { op: 'insert' as const, after: 2, rows: [7] };
    store.answered({
      ...told,
      ...{ type: 'changed', id: null, revision: 1 },
      changes: [{ ...insert, values: [['new'], [50]] }]
    });
    expect(keys()).toEqual([1, 0, 7, 2]);
  });
});

describe('a block of very many rows', () => {
  it('is refused with a sentence', () => {
    const { store } = storeOf();
    const state = store.get();
    const { keys } = state.rows;
    const grid = {
      state,
      keys,
      columns: [0, 1],
      locked: new Set<number>(),
      voice
    };
    const area = { top: 0, left: 0, bottom: 0, right: 0 };
    const block = Array.from({ length: 300_000 }, () => ['x']);
    const { ops, problem } = pasted(grid, area, block);
    expect(ops).toEqual([]);
    expect(problem).toBe(fill(words.too_many, { limit: '50,000' }));
  });

  it('can be put in', () => {
    const rows = new FrameRows(plainRows(values()), about());
    const fresh = Array.from({ length: 200_000 }, (_, at) => 1000 + at);
    rows.apply({ op: 'insert', after: 0, rows: fresh });
    expect(rows.size).toBe(200_003);
    expect(rows.keys.slice(0, 2)).toEqual([0, 1000]);
    expect(rows.value(1, 0)).toBe('a');
  });
});

describe('keys', () => {
  const size = { rows: 5, columns: 3, page: 2 };
  const at = (row: number, column: number) => ({ row, column });
  const pressed = (key: string, from: At, more: KeyboardEventInit = {}) =>
    intentOf(new KeyboardEvent('keydown', { key, ...more }), from, size);

  it.each<[string, KeyboardEventInit, At, At]>([
    ['ArrowUp', {}, at(0, 1), at(-1, 1)],
    ['ArrowUp', { ctrlKey: true }, at(3, 1), at(0, 1)],
    ['ArrowRight', { ctrlKey: true }, at(3, 0), at(3, 2)],
    ['ArrowLeft', {}, at(3, -1), at(3, -1)],
    ['Home', { ctrlKey: true }, at(3, 1), at(0, 0)],
    ['End', {}, at(3, 1), at(3, 2)],
    ['PageUp', {}, at(1, 1), at(0, 1)],
    ['PageUp', {}, at(-1, 1), at(-1, 1)],
    ['PageDown', {}, at(3, 1), at(4, 1)],
    ['Tab', {}, at(1, 2), at(2, -1)],
    ['Tab', { shiftKey: true }, at(2, -1), at(1, 2)]
  ])('%s %j leads from %j to %j', (key, more, from, to) => {
    expect(pressed(key, from, more)).toEqual({
      do: 'go',
      at: to,
      extends: false
    });
  });

  it('leave the table by Tab at its ends, and extend by Shift', () => {
    expect(pressed('Tab', at(4, 2))).toBeNull();
    expect(pressed('Tab', at(-1, -1), { shiftKey: true })).toBeNull();
    expect(pressed('ArrowDown', at(0, 0), { shiftKey: true })).toEqual({
      do: 'go',
      at: at(1, 0),
      extends: true
    });
  });
});
