/** The map as a Jupyter widget; its Python twin is `jupyter_journey/grids/journey_grid.py`. */
import type { AnyModel, AnyWidget } from '@anywidget/types';

import type { Finding, Host } from '../map/host';
import { mount } from '../map/mount';
import { learnSigns } from '../map/signs';
import type { Looks } from '../map/view';
import { learn } from '../map/words';
import type { Known, Rejoined } from '../store/outbox';
import type { Op } from '../store/patches';
import { Store } from '../store/store';
import type { Journey } from '../store/types';
import { Confirmation } from './confirm';
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
  states: Record<string, string>;
  _found: Finding[] | null;
  _words: object;
  _answered: number;
  _signs: object;
  /** How the map is looked at: only what differs from the usual. */
  view: Partial<Looks>;
}

const SHOWN = ['read_only', 'states', '_found', 'view'] as const;

/** What Python says; the twin of these is `jupyter_journey/grids/patches.py`. */
type Message =
  | { type: 'changed'; id: string | null; revision: number; ops: Op[] }
  | { type: 'refused'; id: string | null; revision: number; reason: string }
  | Known
  | Rejoined
  | ({ type: 'document' } & Snapshot);

/** Called once per model: all its views share the store made here, so they agree at once. */
export default function journeyGrid(): ReturnType<Factory> {
  let show: Show | undefined;
  return {
    initialize({ model, signal }) {
      const hear = () => learn(model.get('_words'));
      hear();
      learnSigns(model.get('_signs'));
      model.on('change:_words', hear);
      const { store, turn } = storeOf(model);
      show = element => view(element, model, store, turn);
      const withdraw = announce(model.get('_grid_id'), show);
      signal.addEventListener('abort', both(withdraw, store.close));
      // What happened while this script was still loading.
      const { revision } = store.get();
      say(model, store, { type: 'refresh', revision });
    },
    render({ el }) {
      return show?.(el);
    }
  };
}

type Factory = Extract<AnyWidget<Traits>, () => unknown>;

/** Python wrote it and has checked it: the checks needn't travel with every map. */
function documentOf(text: string): Journey {
  return JSON.parse(text) as Journey;
}

type Turn = (step: 'undo' | 'redo') => void;

function storeOf(model: AnyModel<Traits>): { store: Store; turn: Turn } {
  const { document, revision, persona } = model.get('_snapshot');
  const confirmation = new Confirmation(model);
  const store = new Store(documentOf(document), {
    revision,
    persona,
    deliver: patch => say(model, store, { type: 'patch', ...patch }),
    rejoin: question => say(model, store, question),
    refresh: () => say(model, store, { type: 'refresh', revision: -1 })
  });
  model.on('msg:custom', (message: Message) => {
    if (message.type === 'changed') {
      store.changed(message);
      confirmation.heard(message.id, message.revision);
    } else if (message.type === 'refused') {
      store.refused(message);
    } else if (message.type === 'known') {
      store.known(message.id);
      confirmation.heard(message.id, message.revision);
    } else if (message.type === 'rejoined') {
      if (store.rejoined(message.id)) {
        // How it was looked at meanwhile.
        model.save_changes();
      }
    } else {
      const { document, revision, persona } = message;
      store.replaced(documentOf(document), revision, persona);
      confirmation.heard(null, revision);
    }
  });
  const turn: Turn = step => {
    confirmation.turned();
    say(model, store, { type: step });
  };
  return { store, turn };
}

/** Send a message; where the kernel is gone, which a host may tell by throwing, the map says so. */
function say(model: AnyModel<Traits>, store: Store, message: object): void {
  try {
    model.send(message);
  } catch {
    store.lost();
  }
}

function view(
  element: HTMLElement,
  model: AnyModel<Traits>,
  store: Store,
  turn: Turn
): () => void {
  const host: Host = {
    get: store.get,
    on: listener => {
      SHOWN.forEach(name => model.on(`change:${name}`, listener));
      const off = both(store.on(listener), onTheme(listener));
      return both(off, () =>
        SHOWN.forEach(name => model.off(`change:${name}`, listener))
      );
    },
    send: store.send,
    keep: store.keep,
    // Python keeps the steps: its own are among them.
    undo: () => turn('undo'),
    redo: () => turn('redo'),
    findings: () => model.get('_found'),
    states: () => model.get('states'),
    looks: () => model.get('view'),
    look: change => {
      model.set('view', { ...model.get('view'), ...change });
      // One may go on looking where nobody listens any more.
      if (store.get().status !== 'disconnected') {
        model.save_changes();
      }
    },
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
