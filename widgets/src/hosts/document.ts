/** The map as the editor of a `*.journey.json` document that JupyterLab keeps and saves. */
import type { DocumentRegistry } from '@jupyterlab/docregistry';

import type { Host } from '../map/host';
import { mount } from '../map/mount';
import { dump, JourneyTextError, parse } from '../store/document';
import { Store } from '../store/store';
import { onTheme, pageTheme } from './theme';

/** Why a text is no journey goes to `onBroken`; the map comes back once the text is one again. */
export function mountDocument(
  element: HTMLElement,
  model: DocumentRegistry.ICodeModel,
  onBroken: (reason: string, place: HTMLElement) => void
): () => void {
  let unmount: (() => void) | undefined;
  let store: Store | undefined;
  let written: string | undefined;

  const write = (changed: Store) => {
    // `fromString` tells of a change, too: that echo isn't news.
    written = dump(changed.get().document);
    model.fromString(written);
  };
  const show = (made: Store) => {
    const host: Host = {
      get: made.get,
      on: listener => {
        const [offStore, offTheme] = [made.on(listener), onTheme(listener)];
        return () => {
          offStore();
          offTheme();
        };
      },
      send: made.send,
      undo: made.undo,
      redo: made.redo,
      readOnly: model.readOnly,
      theme: pageTheme
    };
    return mount(element, host);
  };
  const clear = () => {
    unmount?.();
    unmount = store = undefined;
    element.replaceChildren();
  };
  const read = () => {
    const text = model.toString();
    if (text === written) {
      return;
    }
    written = text;
    try {
      const document = parse(text);
      if (store) {
        store.replaced(document, store.get().revision + 1);
        return;
      }
      clear();
      const made: Store = new Store(document, {
        deliver: ({ id, base_rev, ops }) => {
          write(made);
          made.accepted({ id, ops, revision: base_rev + 1 });
        }
      });
      store = made;
      unmount = show(made);
    } catch (error) {
      if (!(error instanceof JourneyTextError)) {
        throw error;
      }
      clear();
      onBroken(error.message, element);
    }
  };
  model.contentChanged.connect(read);
  read();
  return () => {
    model.contentChanged.disconnect(read);
    clear();
  };
}
