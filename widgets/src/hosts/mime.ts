/** Kept outputs, to look at: a map, and a frame's first rows. */
import * as theme from '../generated/theme';
import { words } from '../generated/words';
import type { Host } from '../map/host';
import type { States } from '../map/view';
import { mount } from '../map/mount';
import { learnSigns } from '../map/signs';
import { learn } from '../map/words';
import { parse } from '../store/document';
import { Store } from '../store/store';
import { keepKeys } from './keyboard';
import { onTheme, pageTheme } from './theme';

export interface KeptFrame {
  title: string;
  /** The index's name goes first, then the columns'. */
  columns: string[];
  rows: string[][];
}

learn(words);
learnSigns(theme);

/** Show the map of a document's text. */
export function mountMap(
  element: HTMLElement,
  text: string,
  persona: string | null,
  states: States
): () => void {
  const store = new Store(parse(text), { persona, deliver: () => {} });
  const host: Host = {
    get: store.get,
    on: onTheme,
    send: () => {},
    states: () => states,
    keep: () => {},
    readOnly: true,
    theme: pageTheme
  };
  const [unmount, release] = [mount(element, host), keepKeys(element)];
  return () => {
    unmount();
    release();
  };
}

/** Show a frame's first rows as a table; whatever they hold stays text. */
export function mountFrame(element: HTMLElement, kept: KeptFrame): () => void {
  const table = document.createElement('table');
  table.createCaption().textContent = kept.title;
  const head = table.createTHead().insertRow();
  kept.columns.forEach(name => head.append(heading('col', name)));
  const body = table.createTBody();
  for (const [label = '', ...texts] of kept.rows) {
    const row = body.insertRow();
    row.append(heading('row', label));
    texts.forEach(text => (row.insertCell().textContent = text));
  }
  element.replaceChildren(table);
  return () => element.replaceChildren();
}

function heading(scope: 'col' | 'row', text: string): HTMLElement {
  const cell = document.createElement('th');
  cell.scope = scope;
  cell.textContent = text;
  return cell;
}
