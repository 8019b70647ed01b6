/** The map as a Jupyter widget; its Python twin is `jupyter_journey/grids/journey_grid.py`. */
import type { AnyModel, AnyWidget } from '@anywidget/types';

import type { Finding, Host } from '../map/host';
import { mount } from '../map/mount';
import { learnSigns } from '../map/signs';
import type { Looks } from '../map/view';
import { learn } from '../map/words';
import type { Op } from '../store/patches';
import { Store } from '../store/store';
import type { Journey } from '../store/types';
import { keepKeys } from './keyboard';
import { Line } from './line';
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

const SHOWN = ['read_only', 'states', '_found'] as const;

/** What Python says of a map; the twin of these is `jupyter_journey/grids/patches.py`. */
type Message =
  | { type: 'changed'; id: string | null; revision: number; ops: Op[] }
  | { type: 'refused'; id: string | null; revision: number; reason: string }
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
      const line = new Line<Partial<Looks>>(model);
      const store = storeOf(model, line);
      show = element => view(element, model, store, line);
      const withdraw = announce(model.get('_grid_id'), show);
      signal.addEventListener('abort', both(withdraw, line.close));
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

function storeOf(model: AnyModel<Traits>, line: Line<Partial<Looks>>): Store {
  const { document, revision, persona } = model.get('_snapshot');
  const store = new Store(documentOf(document), {
    revision,
    persona,
    ...line.ways
  });
  line.serve(store, (message: Message) => {
    if (message.type === 'changed') {
      store.changed(message);
    } else if (message.type === 'refused') {
      store.refused(message);
    } else {
      const { document, revision, persona } = message;
      store.replaced(documentOf(document), revision, persona);
    }
  });
  return store;
}

function view(
  element: HTMLElement,
  model: AnyModel<Traits>,
  store: Store,
  { looking, turn }: Line<Partial<Looks>>
): () => void {
  const host: Host = {
    get: store.get,
    on: listener => {
      SHOWN.forEach(name => model.on(`change:${name}`, listener));
      const stops = [store.on(listener), looking.on(listener)];
      stops.push(onTheme(listener));
      return () => {
        SHOWN.forEach(name => model.off(`change:${name}`, listener));
        stops.forEach(stop => stop());
      };
    },
    send: store.send,
    keep: store.keep,
    // Python keeps the steps: its own are among them.
    undo: () => turn('undo'),
    redo: () => turn('redo'),
    findings: () => model.get('_found'),
    states: () => model.get('states'),
    looks: looking.get,
    look: looking.change,
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
