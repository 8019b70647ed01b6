/** An output of a notebook: what a kernel shows live where there is one, else what was kept. */
import type { Show } from './live';
import { liveGrid, onLive } from './live';

export function isLive(gridId: string): boolean {
  return liveGrid(gridId) !== undefined;
}

export function mountOutput(
  element: HTMLElement,
  gridId: string,
  showKept: Show
): () => void {
  let unmount = () => {};
  const show = () => {
    unmount();
    // Each has its own copy of Preact, so each needs an element of its own.
    const place = document.createElement('div');
    element.replaceChildren(place);
    const live = gridId ? liveGrid(gridId) : undefined;
    unmount = (live ?? showKept)(place);
  };
  show();
  const off = onLive(gridId, show);
  return () => {
    off();
    unmount();
  };
}
