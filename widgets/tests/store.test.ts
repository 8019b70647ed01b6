import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { fromText, toText } from '../src/store/cells';
import { History } from '../src/store/history';
import type { Op } from '../src/store/patches';
import type { Patch } from '../src/store/store';
import type { Rejoin } from '../src/store/outbox';
import { PATIENCE_MS } from '../src/store/outbox';
import { Store } from '../src/store/store';
import { duplicated, removed } from '../src/store/structure';
import type { Journey, Lane, LaneKind, Value } from '../src/store/types';
import { triple, valueAt } from '../src/store/types';

const document: Journey = {
  schema_version: 1,
  title: 'Acme',
  lanes: [{ id: 'goal', name: 'Goal', kind: 'text' }],
  stages: [{ id: 'trial', name: 'Trial' }],
  touchpoints: [{ id: 'web', name: 'Website' }]
};
const place = { lane_id: 'goal', stage_id: 'trial', persona_id: null };
const key = JSON.stringify(triple(place));
const op = (old: Value, next: Value): Op => ({
  op: 'field',
  collection: 'cells',
  key: triple(place),
  field: 'value',
  old,
  new: next
});

function made() {
  const sent: Patch[] = [];
  const asked: Rejoin[] = [];
  const store = new Store(document, {
    deliver: it => sent.push(it),
    rejoin: it => asked.push(it)
  });
  return {
    store,
    asked,
    history: new History(store, () => 'changed again'),
    sent,
    value: () => valueAt(store.get().document, place)
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the store', () => {
  test('shows an edit at once and settles when it is accepted', () => {
    const { store, sent, value } = made();
    store.send([op(null, 'Start')]);
    expect([value(), store.get().status]).toEqual(['Start', 'pending']);
    store.changed({ id: sent[0].id, revision: 1, ops: sent[0].ops });
    expect([value(), store.get().status]).toEqual(['Start', 'saved']);
    expect(store.get().revision).toBe(1);
  });

  test('sends nothing where nothing changes', () => {
    const { store, sent } = made();
    store.send([op(null, null)]);
    expect(sent).toEqual([]);
  });

  test('says why a step back was refused, which carries no id', () => {
    const { store } = made();
    store.refused({ id: null, revision: 0, reason: 'its shape' });
    expect(store.get().refusal).toEqual({
      key: '[null,null,null]',
      reason: 'its shape'
    });
  });

  test('shows what holds when an edit is refused, and keeps what was typed', () => {
    const { store, sent, value } = made();
    store.send([op(null, 'Start')]);
    store.refused({
      id: sent[0].id,
      revision: 0,
      reason: 'closed'
    });
    expect(value()).toBeNull();
    const draft = { field: 'value', text: 'Start', reason: 'closed' };
    expect(store.get().drafts.get(key)).toEqual(draft);
    expect(store.get().refusal?.reason).toBe('closed');
    store.send([op(null, 'Again')]);
    expect([store.get().drafts.size, store.get().refusal]).toEqual([0, null]);
  });

  test('lets nobody overwrite what they have not seen', () => {
    const { store, history, sent, value } = made();
    store.changed({ id: null, revision: 1, ops: [op(null, 'Theirs')] });
    history.send([op(null, 'Mine')]);
    expect([value(), sent]).toEqual(['Theirs', []]);
    const draft = { field: 'value', text: 'Mine', reason: '' };
    expect(store.get().drafts.get(key)).toEqual(draft);
    history.undo();
    expect(value()).toBe('Theirs');
    history.send([op('Theirs', 'Mine')]);
    expect([value(), store.get().drafts.size]).toEqual(['Mine', 0]);
  });

  test('says so where a step is undone that another has changed again', () => {
    const { store, history, sent, value } = made();
    history.send([op(null, 'Mine')]);
    store.changed({ id: sent[0].id, revision: 1, ops: sent[0].ops });
    store.changed({ id: null, revision: 2, ops: [op('Mine', 'Theirs')] });
    history.undo();
    expect(value()).toBe('Theirs');
    expect(store.get().refusal?.reason).toBe('changed again');
  });

  test('keeps what was typed where another was faster on the way', () => {
    const { store, sent, value } = made();
    store.send([op(null, 'Mine')]);
    store.changed({ id: null, revision: 1, ops: [op(null, 'Theirs')] });
    const reason = 'it was changed meanwhile';
    store.refused({ id: sent[0].id, revision: 1, reason });
    expect(value()).toBe('Theirs');
    const draft = { field: 'value', text: 'Mine', reason: '' };
    expect(store.get().drafts.get(key)).toEqual(draft);
  });

  test('keeps what is under way on top of a new document', () => {
    const { store, value } = made();
    store.send([op(null, 'Mine')]);
    store.replaced({ ...document, title: 'Renamed' }, 4);
    expect(store.get().document.title).toBe('Renamed');
    expect([value(), store.get().status]).toEqual(['Mine', 'pending']);
  });

  test('takes what another page changed, and asks for what it missed until told', () => {
    const { store, asked, value } = made();
    store.changed({ id: 'theirs-1', revision: 1, ops: [op(null, 'Theirs')] });
    expect(value()).toBe('Theirs');
    store.changed({ id: 'theirs-3', revision: 3, ops: [op('x', 'Later')] });
    expect([value(), asked.length]).toEqual(['Theirs', 1]);
    vi.advanceTimersByTime(PATIENCE_MS);
    expect([asked.length, store.get().status]).toEqual([2, 'saved']);
    store.rejoined(asked[1].id);
    vi.advanceTimersByTime(100 * PATIENCE_MS);
    expect(asked).toHaveLength(2);
  });

  test('is done with its edit when the answer comes after one it missed', () => {
    const { store, sent, asked, value } = made();
    store.send([op(null, 'Mine')]);
    store.changed({ id: sent[0].id, revision: 2, ops: sent[0].ops });
    expect([value(), asked.length]).toEqual(['Mine', 1]);
    const cells = [{ ...place, value: 'Theirs, later' }];
    store.replaced({ ...document, cells }, 3);
    expect([value(), store.get().status]).toEqual(['Theirs, later', 'saved']);
    vi.advanceTimersByTime(PATIENCE_MS);
    expect(store.get().status).toBe('saved');
  });

  test('says so when no answer comes, keeps the edit, and recovers', () => {
    const { store, sent, value } = made();
    store.send([op(null, 'Kept')]);
    vi.advanceTimersByTime(PATIENCE_MS);
    expect([value(), store.get().status]).toEqual(['Kept', 'disconnected']);
    store.changed({ id: sent[0].id, revision: 1, ops: sent[0].ops });
    expect(store.get().status).toBe('saved');
  });

  test('asks what became of its edit, ever more seldom, and sends it again', () => {
    const { store, sent, asked } = made();
    store.send([op(null, 'Lost')]);
    for (const pause of [1, 1, 2, 4].map(times => times * PATIENCE_MS)) {
      vi.advanceTimersByTime(pause);
    }
    const [{ id }] = sent;
    expect(asked.map(it => it.pending)).toEqual(Array(4).fill([id]));
    store.rejoined(asked[0].id); // an answer of long ago
    expect(store.get().status).toBe('disconnected');
    store.rejoined(asked[3].id);
    expect(store.get().status).toBe('pending');
    expect(sent.map(it => it.id)).toEqual([id, id]);
    store.changed({ id, revision: 1, ops: sent[0].ops });
    expect(store.get().status).toBe('saved');
    vi.advanceTimersByTime(100 * PATIENCE_MS);
    expect(asked).toHaveLength(4);
  });

  test('sends nothing again that holds already or was refused', () => {
    const { store, sent, asked, value } = made();
    store.send([op(null, 'Kept')]);
    store.send([op('Kept', 'Refused')]);
    vi.advanceTimersByTime(PATIENCE_MS + 1);
    store.known(sent[0].id);
    store.refused({ id: sent[1].id, revision: 1, reason: 'no' });
    const cells = [{ ...place, value: 'Kept' }];
    store.replaced({ ...document, cells }, 1);
    store.rejoined(asked[0].id);
    expect([value(), store.get().status]).toEqual(['Kept', 'saved']);
    expect(store.get().drafts.get(key)?.text).toBe('Refused');
    expect(sent).toHaveLength(2);
  });

  test('undoes and redoes, but not over what somebody else changed', () => {
    const { store, history, value } = made();
    history.send([op(null, 'one')]);
    history.send([op('one', 'two')]);
    history.undo();
    expect(value()).toBe('one');
    history.undo();
    expect(value()).toBeNull();
    history.redo();
    expect(value()).toBe('one');
    store.changed({ id: 'theirs', revision: 1, ops: [op('one', 'theirs')] });
    expect(value()).toBe('one'); // ours is still under way
  });

  test('brings a stage back with its cells, and a copy away, in one step', () => {
    const { store, history } = made();
    history.send([op(null, 'Start')]);
    const before = store.get().document;
    history.send(duplicated(before, 'stages', 'trial').ops);
    history.send(removed(store.get().document, 'stages', 'trial'));
    expect(store.get().document.stages?.map(it => it.id)).toEqual(['trial-2']);
    expect(store.get().document.cells).toHaveLength(1);
    history.undo();
    history.undo();
    expect(store.get().document).toEqual(before);
  });

  test('drops an edit of a stage that went meanwhile', () => {
    const { store } = made();
    store.send([op(null, 'Mine')]);
    const ops = removed(document, 'stages', 'trial');
    store.changed({ id: null, revision: 1, ops });
    expect(store.get().document.cells ?? []).toEqual([]);
  });
});

describe('text in an editor', () => {
  const lane = (kind: LaneKind, more: Partial<Lane> = {}): Lane => ({
    id: kind,
    name: kind,
    kind,
    ...more
  });
  const low = lane('choice', { options: ['low', 'high'] });
  const web = lane('reference', { refers_to: 'touchpoints' });

  test.each<[Lane, string, unknown]>([
    [lane('text'), 'two\nlines', 'two\nlines'],
    [lane('text'), '  ', null],
    [lane('list'), 'one\n\n two ', ['one', 'two']],
    [lane('chips'), 'App, E-mail,', ['App', 'E-mail']],
    [lane('chips'), 'a, b\nc', ['a, b', 'c']],
    [lane('score'), '−1.5', -1.5],
    [lane('score'), '+2', 2],
    [lane('metric'), '1234.5', 1234.5],
    [lane('date'), '2026-02-28', '2026-02-28'],
    [low, 'low', 'low'],
    [web, 'Website', ['web']]
  ])('%j reads %j', (given, text, value) => {
    expect(fromText(text, given, document)).toEqual({ value });
  });

  test('a value of a choice is written as a language calls it, or as it is kept', () => {
    const called = { low: 'gering' };
    expect(toText('low', low, document, called)).toBe('gering');
    for (const text of ['gering', 'low']) {
      expect(fromText(text, low, document, called)).toEqual({ value: 'low' });
    }
    expect(fromText('klein', low, document, called)).toMatchObject({
      fields: { options: 'gering, high' }
    });
  });

  test.each<[Lane, string, string]>([
    [lane('score'), '3', 'needs_score'],
    [lane('score'), 'great', 'needs_score'],
    [lane('metric'), '1,234', 'needs_number'],
    [lane('metric'), '1e9', 'needs_number'],
    [lane('date'), '2026-02-30', 'needs_date'],
    [low, 'middle', 'needs_choice'],
    [web, 'Web site', 'needs_name']
  ])('%j refuses %j', (given, text, flaw) => {
    expect(fromText(text, given, document)).toMatchObject({ flaw });
  });

  test.each<[Lane, string[]]>([
    [lane('list'), ['one', 'two']],
    [lane('chips'), ['a, b']],
    [lane('chips'), ['a', 'b']],
    [web, ['web']]
  ])('%j comes back as it was: %j', (given, value) => {
    const text = toText(value, given, document);
    expect(fromText(text, given, document)).toEqual({ value });
  });
});
