/** The map as a Jupyter widget; its Python twin is `jupyter_journey/grids/journey_grid.py`. */
import type { AnyModel, AnyWidget } from '@anywidget/types';

import type { Host } from '../map/host';
import { mount } from '../map/mount';
import { parse } from '../store/document';
import { Store } from '../store/store';
import type { Op } from '../store/types';
import { keepKeys } from './keyboard';
import type { Show } from './live';
import { announce } from './live';
import { onTheme, pageTheme } from './theme';

interface Snapshot {
  document: string;
  revision: number;
  persona: string | null;
}

interface Traits {
  _snapshot: Snapshot;
  _grid_id: string;
  read_only: boolean;
}

/** What Python says; the twin of these is `jupyter_journey/grids/patches.py`. */
type Message =
  | { type: 'accepted'; id: string; revision: number; ops: Op[] }
  | { type: 'refused'; id: string; revision: number; ops: Op[]; reason: string }
  | ({ type: 'document' } & Snapshot);

/** Called once per model: all its views share the store made here, so they agree at once. */
export default function journeyGrid(): ReturnType<Factory> {
  let show: Show | undefined;
  return {
    initialize({ model, signal }) {
      const store = storeOf(model);
      show = element => view(element, store, model);
      const withdraw = announce(model.get('_grid_id'), show);
      signal.addEventListener('abort', withdraw);
      // What happened while this script was still loading.
      model.send({ type: 'refresh', revision: store.get().revision });
    },
    render({ el }) {
      return show?.(el);
    }
  };
}

type Factory = Extract<AnyWidget<Traits>, () => unknown>;

function storeOf(model: AnyModel<Traits>): Store {
  const { document, revision, persona } = model.get('_snapshot');
  const store = new Store(parse(document), {
    revision,
    persona,
    deliver: patch => model.send({ type: 'patch', ...patch }),
    refresh: () => model.send({ type: 'refresh', revision: -1 })
  });
  model.on('msg:custom', (message: Message) => {
    if (message.type === 'accepted') {
      store.accepted(message);
    } else if (message.type === 'refused') {
      store.refused(message);
    } else {
      const { document, revision, persona } = message;
      store.replaced(parse(document), revision, persona);
    }
  });
  return store;
}

function view(
  element: HTMLElement,
  store: Store,
  model: AnyModel<Traits>
): () => void {
  const host: Host = {
    get: store.get,
    on: listener => {
      model.on('change:read_only', listener);
      const off = both(store.on(listener), onTheme(listener));
      return both(off, () => model.off('change:read_only', listener));
    },
    send: store.send,
    get readOnly() {
      return model.get('read_only');
    },
    theme: pageTheme
  };
  return both(mount(element, host), keepKeys(element));
}

function both(one: () => void, other: () => void): () => void {
  return () => {
    one();
    other();
  };
}
