import { act } from 'preact/test-utils';
import { afterEach, expect, it } from 'vitest';

import { FrameStore } from '../src/store/frame';
import { listed } from '../src/store/frame_columns';
import type { Field } from '../src/store/frame_types';
import type { Look } from '../src/store/frame_view';
import { mount } from '../src/table/mount';
import { frameWords } from '../src/generated/frame_words';
import { voiceOf } from '../src/table/words';

const voice = voiceOf({ en: frameWords.en });
const { words } = voice;

const field: Field = {
  ...{ label: 'age', kind: 'number', dtype: 'float64' },
  ...{ editable: true, nullable: true, options: [] },
  ...{ minimum: null, maximum: null, pattern: null, zone: null }
};

// Nothing has a size without a browser; then nothing would be in sight.
for (const side of ['clientWidth', 'clientHeight']) {
  Object.defineProperty(HTMLElement.prototype, side, { get: () => 400 });
}

const settled = (show: () => void) => void act(show);

function shown(settle: (show: () => void) => void = settled) {
  const index = { label: '', field: null, start: 0, step: 1, grows: true };
  const history = { can_undo: false, can_redo: false };
  const about = { frame_id: 'f', revision: 0, size: 2, ...history };
  const nothing = () => {};
  const store = new FrameStore(
    { ...about, columns: [field], index },
    { keys: null, labels: null, columns: [listed([1, null])] },
    { deliver: nothing, turn: nothing }
  );
  const looks: Look[] = [];
  const element = document.body.appendChild(document.createElement('div'));
  settle(() => {
    mount(element, {
      ...store,
      get: store.get,
      look: () => ({}),
      setLook: look => looks.push(look),
      locked: () => new Set(),
      voice,
      readOnly: false,
      theme: () => 'light'
    });
  });
  const find = <T extends HTMLElement>(selector: string) => {
    const found = element.querySelector<T>(selector);
    if (!found) {
      throw new Error(`no ${selector}`);
    }
    return found;
  };
  return { looks, find, store };
}

afterEach(() => document.body.replaceChildren());

const widthOf = (grid: HTMLElement) =>
  grid.style.getPropertyValue('--jf-columns').split(' ')[1];

it.each([
  ['pointerup', [{ widths: { 0: 194 } }]],
  ['pointercancel', []]
])('tells how wide a column is once, at its %s', (end, told) => {
  const { looks, find } = shown();
  const edge = find('.jf-edge');
  edge.setPointerCapture = () => {};
  const width = widthOf(find('[role=grid]'));
  const at = (type: string, clientX: number) => {
    void act(() => {
      edge.dispatchEvent(
        new PointerEvent(type, { clientX, bubbles: true, cancelable: true })
      );
    });
  };
  at('pointerdown', 10);
  [40, 80, 110].forEach(x => at('pointermove', x));
  expect(looks).toEqual([]);
  expect(widthOf(find('[role=grid]'))).toBe('194px');
  at(end, 110);
  expect(looks).toEqual(told);
  expect(widthOf(find('[role=grid]'))).toBe(width);
});

it('marks a condition that it cannot read, and takes none', () => {
  const { looks, find } = shown();
  void act(() => find('.jf-more').click());
  const input = find<HTMLInputElement>('form input');
  const submit = (text: string) => {
    void act(() => {
      input.value = text;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
    void act(() => find('form button').click());
  };
  submit('>1,5');
  expect(looks).toEqual([]);
  expect(input.getAttribute('aria-invalid')).toBe('true');
  expect(find('form [role=alert]').textContent).toBe(words.needs_number);
  submit('>1.5');
  expect(looks).toEqual([{ filter: { 0: '>1.5' } }]);
});

it('keeps what was typed into a cell whose row goes', () => {
  const { store, find } = shown();
  const cell = find('[data-at="0,0"]');
  void act(
    () =>
      void cell.dispatchEvent(
        new KeyboardEvent('keydown', { key: '7', bubbles: true })
      )
  );
  expect(find<HTMLInputElement>('.jf-field').value).toBe('7');
  const told = { frame_id: 'f', can_undo: true, can_redo: false };
  void act(() =>
    store.answered({
      ...told,
      ...{ type: 'changed', id: null, revision: 1 },
      changes: [{ op: 'delete', rows: [0] }]
    })
  );
  expect(find('[role=status]').textContent).toBe(`${words.gone} 7`);
});

it('shows what changes before its first frame is over', async () => {
  const { find, store } = shown(show => show());
  const { about } = store.get();
  store.replaced(
    { ...about, revision: 1 },
    { keys: null, labels: null, columns: [listed([7, null])] }
  );
  await act(() => {});
  expect(find('[role=gridcell]').textContent).toBe('7');
});
