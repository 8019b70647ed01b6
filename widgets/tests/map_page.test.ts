import { act } from 'preact/test-utils';
import { describe, expect, test } from 'vitest';

import * as theme from '../src/generated/theme';
import { words as languages } from '../src/generated/words';
import { intentOf } from '../src/map/keys';
import { mount } from '../src/map/mount';
import { learnSigns } from '../src/map/signs';
import { fill, learn, wordsOf } from '../src/map/words';
import { Store } from '../src/store/store';
import type { Journey } from '../src/store/types';

learn(languages);
learnSigns(theme);
const words = wordsOf('en');

describe('a map on a page', () => {
  const steps: Journey = {
    schema_version: 1,
    title: 'Acme',
    lanes: [
      { id: 'pain-points', name: 'Pain points', kind: 'list' },
      { id: 'emotion', name: 'Emotion', kind: 'score' }
    ],
    stages: [
      { id: 'trial', name: 'Trial' },
      { id: 'form', name: 'Form', parent_id: 'trial' },
      { id: 'use', name: 'Use' }
    ]
  };
  function shown(more: object = {}) {
    const { get, on, send, keep } = new Store(steps, { deliver: () => {} });
    const element = window.document.createElement('div');
    window.document.body.append(element);
    let unmount = () => {};
    const host = { get, on, send, keep, readOnly: false, ...more };
    void act(() => {
      unmount = mount(element, { ...host, theme: () => 'light' });
    });
    const find = (what: string) =>
      element.querySelector<HTMLElement>(what) as HTMLElement;
    const press = (to: HTMLElement, key: string, more: object = {}) => {
      const about = { key, bubbles: true, ...more };
      const event = new KeyboardEvent('keydown', about);
      void act(() => to.focus());
      void act(() => void to.dispatchEvent(event));
    };
    return { element, find, press, unmount: () => void act(unmount) };
  }
  const here = () => window.document.activeElement?.getAttribute('aria-label');

  test('says that a lane is renamed', () => {
    const { find, press } = shown();
    press(find('[role=rowheader]'), 'F2');
    const field = find('.jj-name input') as HTMLInputElement;
    field.value = 'Pains';
    const typed = new Event('input', { bubbles: true });
    void act(() => void field.dispatchEvent(typed));
    press(field, 'Enter');
    const said = fill(words.changed, { cell: 'Pains' });
    expect(find('[role=status]').textContent).toBe(said);
  });

  test('moves a stage with its sub-steps, past those of the next', () => {
    const { element, find, press } = shown();
    const order = () =>
      [...element.querySelectorAll('[data-axis=stages]')].map(it =>
        it.getAttribute('data-id')
      );
    const move = (id: string, key: string) => {
      press(find(`[data-id=${id}]`), key, { altKey: true });
      return order();
    };
    expect(move('trial', 'ArrowRight')).toEqual(['use', 'trial', 'form']);
    expect(here()).toBe('Trial');
    expect(move('trial', 'ArrowLeft')).toEqual(['trial', 'form', 'use']);
    expect(move('use', 'ArrowLeft')).toEqual(['use', 'trial', 'form']);
    expect(move('form', 'ArrowLeft')).toEqual(['use', 'trial', 'form']);
  });

  test('unfolds what a finding is about', () => {
    const spots = [{ lane: 'emotion', stage: 'form', persona: null }];
    const finding = { where: 'cells/emotion/form', level: 'hint', spots };
    const { find, press } = shown({ findings: () => [finding] });
    const stage = () => find('[role=columnheader][data-id=trial]');
    press(stage(), ' ');
    press(find('[role=menuitem]'), 'Enter');
    expect(find('[data-id=form]')).toBeNull();
    void act(() => find('aside button').click());
    expect(here()).toBe('Emotion, Form: empty');
  });

  test('leaves nothing behind in its element', () => {
    const { element, unmount } = shown();
    expect(element.className).toBe('jj-host');
    unmount();
    expect([element.className, element.innerHTML]).toEqual(['', '']);
  });
});

describe('the help', () => {
  const ctrlKey = true;
  const shiftKey = true;
  const arrows = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'];
  const keys: [name: string, at: [number, number], ...KeyboardEventInit[]][] = [
    ['Arrow keys', [1, 1], ...arrows.map(key => ({ key }))],
    ['Tab', [1, 1], { key: 'Tab' }],
    ['Shift+Tab', [1, 1], { key: 'Tab', shiftKey }],
    ['Home', [1, 1], { key: 'Home' }, { key: 'Home', ctrlKey }],
    ['End', [1, 1], { key: 'End' }, { key: 'End', ctrlKey }],
    ['Page Up', [1, 1], { key: 'PageUp' }],
    ['Page Down', [1, 1], { key: 'PageDown' }],
    ['Enter', [1, 1], { key: 'Enter' }],
    ['F2', [1, 1], { key: 'F2' }],
    ['type', [1, 1], { key: 'x' }, { key: ' ' }],
    ['Escape', [1, 1], { key: 'Escape' }],
    ['Delete', [1, 1], { key: 'Delete' }],
    ['Backspace', [1, 1], { key: 'Backspace' }],
    ['Ctrl+A', [1, 1], { key: 'a', ctrlKey }],
    ['Ctrl+Z', [1, 1], { key: 'z', ctrlKey }],
    ['Ctrl+Y', [1, 1], { key: 'y', ctrlKey }],
    ['Ctrl+Shift+Z', [1, 1], { key: 'Z', ctrlKey, shiftKey }],
    ['Ctrl+F', [1, 1], { key: 'f', ctrlKey }],
    ['Ctrl+Up', [1, 1], { key: 'ArrowUp', ctrlKey }],
    ['Ctrl+Down', [1, 1], { key: 'ArrowDown', ctrlKey }],
    ['Alt+arrow keys', [-1, 1], ...arrows.map(key => ({ key, altKey: true }))],
    ['Shift+F10', [1, 1], { key: 'F10', shiftKey }],
    ['the menu key', [1, 1], { key: 'ContextMenu' }],
    ['Space on a heading', [-1, 1], { key: ' ' }],
    ['?', [1, 1], { key: '?' }],
    ['F1', [1, 1], { key: 'F1' }]
  ];
  // Those of the browser's clipboard, of the mouse, and of the editor in a cell.
  const others = [
    ...['Ctrl+C', 'Ctrl+X', 'Ctrl+V', 'double click'],
    ...['Up', 'Down in an open cell']
  ];

  test('names every key, and no other', () => {
    const listed = words.keys_help.flatMap(([names]) =>
      names.split(/,? or |, /)
    );
    const known = [...keys.map(([name]) => name), ...others];
    expect([...new Set(listed)].sort()).toEqual(known.sort());
  });

  test.each(keys)('%s does something', (_, at, ...events) => {
    for (const event of events) {
      const pressed = new KeyboardEvent('keydown', event);
      expect(intentOf(pressed, at, { rows: 3, columns: 3 })).not.toBeNull();
    }
  });
});
