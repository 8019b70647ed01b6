/** The map as the editor of a `*.journey.json` document that JupyterLab keeps and saves. */
import type { DocumentRegistry } from '@jupyterlab/docregistry';

import * as theme from '../generated/theme';
import { words } from '../generated/words';
import type { Host } from '../map/host';
import { mount } from '../map/mount';
import { learnSigns } from '../map/signs';
import { learn, wordsOf } from '../map/words';
import { between } from '../store/between';
import { dump, JourneyTextError, parse } from '../store/document';
import { History } from '../store/history';
import { Store } from '../store/store';
import type { Journey } from '../store/types';
import { onTheme, pageTheme } from './theme';

type Model = DocumentRegistry.ICodeModel;

interface Kept {
  store: Store;
  history: History;
}

/** One document's map, whatever number of views shows it: they share its store and its undo. */
class Keeper {
  /** Its state and its steps; null where the text never was a journey. */
  kept: Kept | null = null;
  /** Why the text is no journey now. */
  reason = '';
  private readonly views = new Set<() => void>();
  private written: string | undefined;

  constructor(private readonly model: Model) {
    this.read();
  }

  /** Show every later state in a view; returns how to stop that. */
  join(show: () => void): () => void {
    if (!this.views.size) {
      this.model.contentChanged.connect(this.read);
    }
    this.views.add(show);
    return () => {
      this.views.delete(show);
      if (!this.views.size) {
        this.model.contentChanged.disconnect(this.read);
        keepers.delete(this.model);
      }
    };
  }

  private readonly read = (): void => {
    const text = this.model.toString();
    // `fromString` tells of a change, too: that echo isn't news.
    if (text === this.written) {
      return;
    }
    this.written = text;
    const before = this.reason;
    try {
      const document = parse(text);
      this.reason = '';
      if (this.kept) {
        followed(this.kept.store, document);
      } else {
        this.kept = this.made(document);
      }
    } catch (error) {
      if (!(error instanceof JourneyTextError)) {
        throw error;
      }
      this.reason = error.message;
    }
    if (before || this.reason) {
      this.views.forEach(show => show());
    }
  };

  private made(document: Journey): Kept {
    const store: Store = new Store(document, {
      deliver: ({ id, base_rev, ops }) => {
        if (this.reason) {
          // An editor that closes must not write over a text that is being mended.
          store.refused({ id, revision: base_rev, reason: this.reason });
          return;
        }
        this.written = dump(store.get().document);
        this.model.fromString(this.written);
        store.changed({ id, ops, revision: base_rev + 1 });
      }
    });
    const passed = () => wordsOf(store.get().document.language).passed;
    return { store, history: new History(store, passed) };
  }
}

learn(words);
learnSigns(theme);

/** What another changed in the text is no step of our undo, but leaves us ours. */
function followed(store: Store, document: Journey): void {
  const state = store.get();
  const ops = between(state.document, document);
  store.changed({ id: null, revision: state.revision + 1, ops });
}

const keepers = new Map<Model, Keeper>();

function keeperOf(model: Model): Keeper {
  const keeper = keepers.get(model) ?? new Keeper(model);
  keepers.set(model, keeper);
  return keeper;
}

/** The undo and redo of a document that is shown. */
export function historyOf(model: Model): History | null {
  const keeper = keepers.get(model);
  return keeper?.reason ? null : (keeper?.kept?.history ?? null);
}

/** Why a text is no journey goes to `onBroken`; the map comes back once the text is one again. */
export function mountDocument(
  element: HTMLElement,
  model: Model,
  onBroken: (reason: string, place: HTMLElement) => void
): () => void {
  const keeper = keeperOf(model);
  let unmount: (() => void) | undefined;
  const clear = () => {
    unmount?.();
    unmount = undefined;
    element.replaceChildren();
  };
  const show = () => {
    clear();
    if (keeper.kept && !keeper.reason) {
      unmount = mount(element, hostOf(keeper.kept, model));
    } else {
      onBroken(keeper.reason, element);
    }
  };
  const leave = keeper.join(show);
  show();
  return () => {
    leave();
    clear();
  };
}

function hostOf({ store, history }: Kept, model: Model): Host {
  return {
    get: store.get,
    on: listener => {
      const [offStore, offTheme] = [store.on(listener), onTheme(listener)];
      return () => {
        offStore();
        offTheme();
      };
    },
    send: history.send,
    keep: store.keep,
    undo: history.undo,
    redo: history.redo,
    readOnly: model.readOnly,
    theme: pageTheme
  };
}
