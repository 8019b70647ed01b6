/**
 * The grids of this page that a kernel stands behind, by the id their output carries.
 *
 * The widget's script comes from the kernel's environment and JupyterLab's renderer from the
 * server's: two bundles, maybe of two versions. So all they share is this table, and all it holds
 * is how to show the live grid in an element.
 */
export type Show = (element: HTMLElement) => () => void;

const EVENT = 'jupyter-journey:live';
const KEY = Symbol.for('jupyter-journey:live');

function table(): Map<string, Show> {
  const page = globalThis as { [KEY]?: Map<string, Show> };
  return (page[KEY] ??= new Map<string, Show>());
}

/** Say that a live grid is there; returns how to take that back. */
export function announce(id: string, show: Show): () => void {
  table().set(id, show);
  window.dispatchEvent(new CustomEvent(EVENT, { detail: id }));
  return () => {
    table().delete(id);
    window.dispatchEvent(new CustomEvent(EVENT, { detail: id }));
  };
}

export function liveGrid(id: string): Show | undefined {
  return table().get(id);
}

/** Call the listener whenever the grid of this id comes or goes. */
export function onLive(id: string, listener: () => void): () => void {
  const heard = (event: Event) => {
    if ((event as CustomEvent<string>).detail === id) {
      listener();
    }
  };
  window.addEventListener(EVENT, heard);
  return () => window.removeEventListener(EVENT, heard);
}
