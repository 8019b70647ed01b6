/** The frame editor as a Jupyter widget; its Python twin is `jupyter_journey/grids/frame_grid.py`. */
import type { AnyModel, AnyWidget } from '@anywidget/types';

import { FrameStore } from '../store/frame';
import { unpacked } from '../store/frame_columns';
import type { Layout } from '../store/frame_columns';
import type { Rows } from '../store/frame_rows';
import type {
  About,
  Answer,
  Refusal,
  RowsLayout,
  Snapshot
} from '../store/frame_types';
import type { Look } from '../store/frame_view';
import type { Known, Rejoined } from '../store/outbox';
import type { FrameHost } from '../table/host';
import { mount } from '../table/mount';
import type { Voice } from '../table/words';
import { voiceOf } from '../table/words';
import { Confirmation } from './confirm';
import { keepKeys } from './keyboard';
import type { Show } from './live';
import { announce } from './live';
import { onTheme, pageTheme } from './theme';

interface Traits {
  _snapshot: About & { rows: RowsLayout; data: DataView[] };
  _locked: number[];
  _grid_id: string;
  _answered: number;
  _words: Record<string, object>;
  view: Look;
  read_only: boolean;
}

type Factory = Extract<AnyWidget<Traits>, () => unknown>;

const WATCHED = ['change:read_only', 'change:view', 'change:_locked'] as const;

/** Called once per model: all its views share the store made here, so they agree at once. */
export default function frameGrid(): ReturnType<Factory> {
  let show: Show | undefined;
  return {
    initialize({ model, signal }) {
      const store = storeOf(model);
      // One for all its views, and never another: cells that see the same aren't drawn anew.
      const voice = voiceOf(model.get('_words'));
      show = element => view(element, store, voice, model);
      const withdraw = announce(model.get('_grid_id'), show);
      signal.addEventListener('abort', () => {
        withdraw();
        store.close();
      });
      // What happened while this script was still loading.
      const { revision } = store.get().about;
      model.send({ type: 'refresh', revision });
    },
    render({ el }) {
      return show?.(el);
    }
  };
}

function storeOf(model: AnyModel<Traits>): FrameStore {
  const about = model.get('_snapshot');
  const confirmation = new Confirmation(model);
  const store: FrameStore = new FrameStore(
    about,
    read(about.rows, about.data),
    {
      deliver: patch =>
        reach(store, () => model.send({ type: 'patch', ...patch })),
      rejoin: question => reach(store, () => model.send(question)),
      turn: which => {
        confirmation.turned();
        reach(store, () => model.send({ type: which }));
      },
      refresh: () =>
        reach(store, () => model.send({ type: 'refresh', revision: -1 }))
    }
  );
  model.on(
    'msg:custom',
    (
      message: Answer | Refusal | Snapshot | Known | Rejoined,
      buffers: DataView[]
    ) => {
      if (message.type === 'snapshot') {
        store.replaced(message, read(message.rows, buffers));
        confirmation.heard(null, message.revision);
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
        store.answered(message);
        confirmation.heard(message.id, message.revision);
      }
    }
  );
  return store;
}

function read({ keys, labels, columns }: RowsLayout, data: DataView[]): Rows {
  const column = (layout: Layout) => unpacked(layout, data);
  return {
    keys: keys && column(keys),
    labels: labels && column(labels),
    columns: columns.map(column)
  };
}

/** Sending fails where the kernel is gone; then the table says so. */
function reach(store: FrameStore, act: () => void): void {
  try {
    act();
  } catch (error) {
    console.info('The kernel is gone:', error);
    store.lost();
  }
}

function view(
  element: HTMLElement,
  store: FrameStore,
  voice: Voice,
  model: AnyModel<Traits>
): () => void {
  const host: FrameHost = {
    voice,
    get: store.get,
    on: listener => {
      WATCHED.forEach(name => model.on(name, listener));
      const stops = [store.on(listener), onTheme(listener)];
      return () => {
        WATCHED.forEach(name => model.off(name, listener));
        stops.forEach(stop => stop());
      };
    },
    send: store.send,
    awaits: store.awaits,
    undo: store.undo,
    redo: store.redo,
    keepDraft: store.keepDraft,
    keepDrafts: store.keepDrafts,
    look: () => model.get('view'),
    setLook: change => {
      model.set('view', { ...model.get('view'), ...change });
      // The page may go on looking where nobody listens any more.
      if (store.get().status !== 'disconnected') {
        model.save_changes();
      }
    },
    locked: () => new Set(model.get('_locked')),
    get readOnly() {
      return model.get('read_only');
    },
    theme: pageTheme
  };
  const stops = [mount(element, host), keepKeys(element)];
  return () => stops.forEach(stop => stop());
}
