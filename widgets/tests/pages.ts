/**
 * Pages with a grid, as browsers hold them, asked by a test in Python what to do and what they show.
 *
 * Each is a model with two views of it; what its host sends stays here until it is fetched.
 */
import frameGrid from '../src/hosts/frame_grid';
import journeyGrid from '../src/hosts/anywidget';
import { FramePage } from './pages_frame';
import { MapPage } from './pages_map';
import type { View } from './unseen';
import { views } from './unseen';

type Listener = (...said: unknown[]) => void;
type Place = (string | number)[];

/** What a comm carries to a widget, its buffers as base64. */
interface Packet {
  data: {
    method: 'update' | 'echo_update' | 'custom';
    state?: Record<string, unknown>;
    content?: unknown;
    buffer_paths?: Place[];
  };
  buffers: string[];
}

interface Question {
  page: number;
  open?: { kind: 'map' | 'frame'; packet: Packet };
  hear?: Packet;
  /** What a person does in one of the views. */
  act?: { view: number; name: string; with: unknown[] };
  isCut?: boolean;
  wait?: boolean;
}

class Model {
  said: object[] = [];
  isCut = false;
  private readonly state: Record<string, unknown> = {};
  private readonly listeners = new Map<string, Set<Listener>>();
  private unsaved: Record<string, unknown> = {};

  constructor(packet: Packet) {
    this.update(packet);
  }

  get = (name: string) => this.state[name];

  set = (name: string, value: unknown) => {
    this.state[name] = this.unsaved[name] = value;
    this.emit(`change:${name}`);
  };

  save_changes = () => {
    const state = this.unsaved;
    this.unsaved = {};
    this.say({ method: 'update', state });
  };

  send = (content: unknown) => this.say({ method: 'custom', content });

  on = (name: string, listener: Listener) => {
    const its = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, its.add(listener));
  };

  off = (name: string, listener: Listener) =>
    this.listeners.get(name)?.delete(listener);

  hear(packet: Packet): void {
    const { data } = packet;
    if (data.method === 'custom') {
      this.emit('msg:custom', data.content, packet.buffers.map(bytes));
    } else {
      this.update(packet);
    }
  }

  private update({ data, buffers }: Packet): void {
    const state = data.state ?? {};
    (data.buffer_paths ?? []).forEach((path, at) => {
      const home = path
        .slice(0, -1)
        .reduce((place, name) => place[name] as typeof state, state);
      home[path[path.length - 1]] = bytes(buffers[at]);
    });
    Object.assign(this.state, state);
    Object.keys(state).forEach(name => this.emit(`change:${name}`));
  }

  private say(message: object): void {
    if (this.isCut) {
      throw new Error('the connection is gone');
    }
    this.said.push(message);
  }

  private emit(name: string, ...said: unknown[]): void {
    this.listeners.get(name)?.forEach(listener => listener(...said));
  }
}

function bytes(text: string): DataView {
  const data = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
  return new DataView(data.buffer);
}

interface Page {
  model: Model;
  views: (MapPage | FramePage)[];
}

const pages: Page[] = [];

// The stores' patience ends when the test says so, page by page.
const waiting = new Map<number, { page: number; act: () => void }>();
let [asked, count] = [0, 0];
Object.assign(globalThis, {
  window: new EventTarget(),
  setTimeout: (act: () => void) => {
    waiting.set(++count, { page: asked, act });
    return count;
  },
  clearTimeout: (id: number) => waiting.delete(id)
});

function open({ kind, packet }: NonNullable<Question['open']>): Page {
  const model = new Model(packet);
  const widget = kind === 'map' ? journeyGrid() : frameGrid();
  const { signal } = new AbortController();
  const about = { model, signal, experimental: {} };
  views.length = 0;
  type Unknowing = Record<string, (props: object) => void>;
  const { initialize, render } = widget as unknown as Unknowing;
  initialize(about);
  render({ ...about, el: {} });
  render({ ...about, el: {} });
  const seen = views.map(view =>
    kind === 'map'
      ? new MapPage(view as View<MapPage['host']>)
      : new FramePage(view as View<FramePage['host']>)
  );
  return { model, views: seen };
}

/** Do what is asked; return what the page said meanwhile, and what its views show. */
export function answer(question: Question): object {
  const { page, act, hear } = question;
  asked = page;
  if (question.open) {
    [...waiting].forEach(([id, it]) => it.page === page && waiting.delete(id));
    pages[page] = open(question.open);
  }
  const { model, views: seen } = pages[page];
  model.isCut = question.isCut ?? model.isCut;
  if (question.wait) {
    const due = [...waiting].filter(([, { page }]) => page === asked);
    due.forEach(([id]) => waiting.delete(id));
    due.forEach(([, { act }]) => act());
  }
  if (hear) {
    model.hear(hear);
  }
  if (act) {
    seen[act.view].act(act.name, act.with);
  }
  return {
    said: model.said.splice(0),
    shown: seen.map(view => view.shown())
  };
}
