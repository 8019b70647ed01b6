/** The map as an output: the kernel's live map where there is one, else the kept one to look at. */
import type { Host } from '../map/host';
import { mount } from '../map/mount';
import { parse } from '../store/document';
import { Store } from '../store/store';
import { keepKeys } from './keyboard';
import { liveMap, onLive } from './live';
import { onTheme, pageTheme } from './theme';

export interface Kept {
  /** The text of the document. */
  text: string;
  /** Under which id a live map may be found. */
  gridId: string;
  persona: string | null;
}

export function mountOutput(element: HTMLElement, kept: Kept): () => void {
  let unmount = () => {};
  const show = () => {
    unmount();
    // Each has its own copy of Preact, so each needs an element of its own.
    const place = document.createElement('div');
    element.replaceChildren(place);
    const live = kept.gridId ? liveMap(kept.gridId) : undefined;
    unmount = live ? live(place) : mountKept(place, kept);
  };
  show();
  const off = onLive(kept.gridId, show);
  return () => {
    off();
    unmount();
  };
}

function mountKept(element: HTMLElement, kept: Kept): () => void {
  const { persona } = kept;
  const store = new Store(parse(kept.text), { persona, deliver: () => {} });
  const host: Host = {
    get: store.get,
    on: onTheme,
    send: () => {},
    readOnly: true,
    theme: pageTheme
  };
  const [unmount, release] = [mount(element, host), keepKeys(element)];
  return () => {
    unmount();
    release();
  };
}
