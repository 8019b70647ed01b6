/** The state behind a map: what was confirmed, what is still on its way, and what was refused. */
import { same } from './defaults';
import type { Op } from './patches';
import { patched } from './patches';
import type { Journey } from './types';

/** How long an edit may wait for its answer before the other side counts as gone. */
export const PATIENCE_MS = 5000;

export type Status = 'saved' | 'pending' | 'disconnected';

export interface Patch {
  id: string;
  base_rev: number;
  ops: Op[];
}

export interface State {
  readonly document: Journey;
  /** Whose cells are shown; null: the shared ones. */
  readonly persona: string | null;
  readonly revision: number;
  readonly status: Status;
  /** Why the last edit of a cell, or of a record, was refused: by its key as JSON. */
  readonly refusals: ReadonlyMap<string, string>;
}

export interface Options {
  persona?: string | null;
  revision?: number;
  /** Carry a patch to where the truth is kept; the answer comes by `accepted` or `refused`. */
  deliver: (patch: Patch) => void;
  /** Ask for the whole document, because an answer was missed. */
  refresh?: () => void;
}

export class Store {
  private confirmed: Journey;
  private pending: Patch[] = [];
  private state: State;
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sent = 0;
  /** Those of our patches that hold, but in a revision that we don't have yet. */
  private readonly held = new Set<string | null>();
  // Answers go to every page that shows the map: an id must be of this store alone.
  private readonly name = Math.random().toString(36).slice(2);

  constructor(
    document: Journey,
    private readonly options: Options
  ) {
    this.confirmed = document;
    this.state = {
      document,
      persona: options.persona ?? null,
      revision: options.revision ?? 0,
      status: 'saved',
      refusals: new Map()
    };
  }

  readonly get = (): State => this.state;

  readonly on = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Show these changes at once and send them off; returns those that change anything. */
  readonly send = (ops: Op[]): Op[] => {
    const changes = ops.filter(op => !same(op.old, op.new));
    if (changes.length) {
      this.dispatch(changes);
    }
    return changes;
  };

  /** A change holds: our own, if we know its id, or another page's or Python's. */
  changed(news: { id: string | null; revision: number; ops: Op[] }): void {
    if (news.revision > this.state.revision + 1) {
      this.held.add(news.id);
      this.options.refresh?.();
      return;
    }
    if (news.revision > this.state.revision) {
      this.confirmed = patched(this.confirmed, news.ops);
    }
    this.settle(news.id, Math.max(news.revision, this.state.revision));
  }

  /** Our patch doesn't hold: the map shows what it held, and why. */
  refused(answer: { id: string; revision: number; reason: string }): void {
    const patch = this.pending.find(({ id }) => id === answer.id);
    if (!patch) {
      return;
    }
    const refusals = new Map(this.state.refusals);
    for (const key of keysOf(patch.ops)) {
      refusals.set(key, answer.reason);
    }
    this.settle(answer.id, this.state.revision, { refusals });
    if (answer.revision > this.state.revision) {
      this.options.refresh?.();
    }
  }

  /** Nothing can be sent any more: edits stay shown, and none is taken. */
  lost(): void {
    clearTimeout(this.timer);
    this.become({ status: 'disconnected' });
  }

  /** The whole document, as it now is on the other side. */
  replaced(
    document: Journey,
    revision: number,
    persona = this.state.persona
  ): void {
    this.confirmed = document;
    this.pending = this.pending.filter(({ id }) => !this.held.has(id));
    this.held.clear();
    this.settle(null, revision, { persona });
  }

  private dispatch(ops: Op[]): void {
    const patch = {
      id: `${this.name}-${++this.sent}`,
      base_rev: this.state.revision,
      ops
    };
    this.pending.push(patch);
    const refusals = new Map(this.state.refusals);
    keysOf(ops).forEach(key => refusals.delete(key));
    this.become({ refusals, status: 'pending' });
    this.wait();
    this.options.deliver(patch);
  }

  private settle(
    id: string | null,
    revision: number,
    change: Partial<State> = {}
  ): void {
    this.pending = this.pending.filter(patch => patch.id !== id);
    const status = this.pending.length ? 'pending' : 'saved';
    this.become({ ...change, revision, status });
    this.wait();
  }

  private wait(): void {
    clearTimeout(this.timer);
    if (this.pending.length) {
      this.timer = setTimeout(() => this.lost(), PATIENCE_MS);
    }
  }

  private become(change: Partial<State>): void {
    const ops = this.pending.flatMap(patch => patch.ops);
    this.state = {
      ...this.state,
      ...change,
      document: patched(this.confirmed, ops)
    };
    this.listeners.forEach(listener => listener());
  }
}

function keysOf(ops: readonly Op[]): string[] {
  return ops.map(op =>
    JSON.stringify(op.op === 'order' ? op.collection : op.key)
  );
}
