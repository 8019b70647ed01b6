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
import type { FrameHost } from '../table/host';
import { mount } from '../table/mount';
import type { Voice } from '../table/words';
import { voiceOf } from '../table/words';
import { keepKeys } from './keyboard';
import { Line } from './line';
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

const WATCHED = ['change:read_only', 'change:_locked'] as const;

/** Called once per model: all its views share the store made here, so they agree at once. */
export default function frameGrid(): ReturnType<Factory> {
  let show: Show | undefined;
  return {
    initialize({ model, signal }) {
      const line = new Line<Look>(model);
      const store = storeOf(model, line);
      // One for all its views, and never another: cells that see the same aren't drawn anew.
      const voice = voiceOf(model.get('_words'));
      show = element => view(element, store, voice, model, line);
      const withdraw = announce(model.get('_grid_id'), show);
      signal.addEventListener('abort', () => {
        withdraw();
        line.close();
      });
    },
    render({ el }) {
      return show?.(el);
    }
  };
}

function storeOf(model: AnyModel<Traits>, line: Line<Look>): FrameStore {
  const about = model.get('_snapshot');
  const store = new FrameStore(about, read(about.rows, about.data), {
    ...line.ways,
    turn: line.turn
  });
  line.serve(store, (message: Answer | Refusal | Snapshot, buffers) => {
    if (message.type === 'snapshot') {
      store.replaced(message, read(message.rows, buffers));
    } else if (message.type === 'refused') {
      store.refused(message);
    } else {
      store.answered(message);
    }
  });
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

function view(
  element: HTMLElement,
  store: FrameStore,
  voice: Voice,
  model: AnyModel<Traits>,
  { looking }: Line<Look>
): () => void {
  const host: FrameHost = {
    voice,
    get: store.get,
    on: listener => {
      WATCHED.forEach(name => model.on(name, listener));
      const stops = [store.on(listener), looking.on(listener)];
      stops.push(onTheme(listener));
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
    look: looking.get,
    setLook: looking.change,
    locked: () => new Set(model.get('_locked')),
    get readOnly() {
      return model.get('read_only');
    },
    theme: pageTheme
  };
  const stops = [mount(element, host), keepKeys(element)];
  return () => stops.forEach(stop => stop());
}
