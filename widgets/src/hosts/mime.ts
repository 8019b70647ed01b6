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
  /** Which of them hold numbers. */
  numbers?: boolean[];
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
  table.style.cssText = 'border-collapse: collapse; text-align: start';
  const caption = table.createCaption();
  caption.textContent = kept.title;
  caption.style.cssText = 'padding: 0.3em 0.6em; text-align: start';
  const head = table.createTHead().insertRow();
  kept.columns.forEach((name, at) =>
    head.append(styled(heading('col', name), kept.numbers?.[at]))
  );
  const body = table.createTBody();
  for (const [label = '', ...texts] of kept.rows) {
    const row = body.insertRow();
    row.append(styled(heading('row', label)));
    texts.forEach((text, at) => {
      const cell = styled(row.insertCell(), kept.numbers?.[at + 1]);
      cell.textContent = text;
    });
  }
  element.replaceChildren(table);
  return () => element.replaceChildren();
}

/** Numbers stand below one another; JupyterLab gives tables of a renderer no looks. */
function styled(cell: HTMLElement, isNumber = false): HTMLElement {
  cell.style.cssText = `border-bottom: 1px solid var(--jp-border-color2, #ccc);
    padding: 0.3em 0.6em; text-align: ${isNumber ? 'end' : 'start'};
    font-variant-numeric: tabular-nums; white-space: pre-line`;
  return cell;
}

function heading(scope: 'col' | 'row', text: string): HTMLElement {
  const cell = document.createElement('th');
  cell.scope = scope;
  cell.textContent = text;
  return cell;
}
