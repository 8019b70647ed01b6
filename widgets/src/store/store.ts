/** The state behind a map: what was confirmed, what is still on its way, and what was refused. */
import { unique } from '../unique';
import { toText } from './cells';
import { same } from './defaults';
import type { Status, Ways } from './outbox';
import { Outbox } from './outbox';
import type { Op } from './patches';
import { isLate, patched, TYPED } from './patches';
import type { Journey, Value } from './types';

export interface Patch {
  id: string;
  base_rev: number;
  ops: Op[];
}

/** What a person wrote into a cell or a heading that doesn't hold it. */
export interface Draft {
  /** Which field it was meant for. */
  readonly field: string;
  /** Null where nothing was typed. */
  readonly text: string | null;
  /** Why it was refused; empty where the text itself is wrong, or another was faster. */
  readonly reason: string;
}

export interface State {
  readonly document: Journey;
  /** Whose cells are shown; null: the shared ones. */
  readonly persona: string | null;
  readonly revision: number;
  readonly status: Status;
  /** By lane, stage and persona as JSON; a heading is without the other two. */
  readonly drafts: ReadonlyMap<string, Draft>;
  /** The last edit, if it was refused: a new object each time, with the key of what it was of. */
  readonly refusal: { key: string; reason: string } | null;
}

/** How a patch gets to where the truth is kept; the answer comes by `changed` or `refused`. */
export interface Options extends Ways<Patch> {
  persona?: string | null;
  revision?: number;
}

export class Store {
  #confirmed: Journey;
  #state: State;
  readonly #outbox: Outbox<Patch>;
  readonly #listeners = new Set<() => void>();
  /** Those of our patches that hold, but in a revision that we don't have yet. */
  readonly #held = new Set<string | null>();

  constructor(document: Journey, options: Options) {
    this.#confirmed = document;
    this.#state = {
      document,
      persona: options.persona ?? null,
      revision: options.revision ?? 0,
      status: 'saved',
      drafts: new Map(),
      refusal: null
    };
    this.#outbox = new Outbox(
      options,
      () => this.#state.revision,
      () => this.#become({})
    );
  }

  readonly get = (): State => this.#state;

  readonly on = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Show these changes at once and send them off; returns those that change anything. */
  readonly send = (ops: Op[]): Op[] => {
    const changes = ops.filter(op => !same(op.old, op.new));
    if (isLate(this.#state.document, changes)) {
      this.#refuse(changes, '');
      return [];
    }
    if (changes.length) {
      this.#dispatch(changes);
    }
    return changes;
  };

  /** Keep texts that aren't values, by the keys of their cells; null takes one away. */
  readonly keep = (
    drafts: readonly (readonly [string, Draft | null])[],
    refusal: State['refusal'] = null
  ): void => {
    const kept = new Map(this.#state.drafts);
    for (const [key, draft] of drafts) {
      if (draft) {
        kept.set(key, draft);
      } else {
        kept.delete(key);
      }
    }
    this.#become({ drafts: kept, refusal });
  };

  /** A change holds: our own, if we know its id, or another page's or Python's. */
  changed(news: { id: string | null; revision: number; ops: Op[] }): void {
    if (news.revision > this.#state.revision + 1) {
      this.#held.add(news.id);
      this.#outbox.ask();
      return;
    }
    if (news.revision > this.#state.revision) {
      this.#confirmed = patched(this.#confirmed, news.ops);
    }
    this.#settle(news.id, Math.max(news.revision, this.#state.revision));
  }

  /** Our patch doesn't hold: the map shows what does, and keeps what was typed. */
  refused(answer: {
    id: string | null;
    revision: number;
    reason: string;
  }): void {
    const patch = this.#outbox.pending.find(({ id }) => id === answer.id);
    if (patch) {
      this.#settle(answer.id, this.#state.revision);
      const isUnseen = isLate(this.#state.document, patch.ops);
      this.#refuse(patch.ops, isUnseen ? '' : answer.reason);
    } else if (answer.id === null) {
      // A step back that can't be made carries no id; it concerns whoever looks.
      this.#become({ refusal: { key: NOWHERE, reason: answer.reason } });
    }
    // Another page's, too, tells that something was missed.
    if (answer.revision > this.#state.revision) {
      this.#outbox.ask();
    }
  }

  /** Ask what was missed. */
  readonly ask = (): void => this.#outbox.ask();

  /** Nothing can be sent any more: edits stay shown, and none is taken. */
  lost(): void {
    this.#outbox.lost();
  }

  /** The other side told all that was missed; what it never got goes once more. */
  rejoined(id: string): boolean {
    return this.#outbox.rejoined(id, () => this.#become({}));
  }

  /** It has our patch since long; what it has made of it, it tells next. */
  known(id: string): void {
    this.#held.add(id);
  }

  readonly close = (): void => this.#outbox.close();

  /** The whole document, as it now is on the other side. */
  replaced(
    document: Journey,
    revision: number,
    persona = this.#state.persona
  ): void {
    this.#confirmed = document;
    this.#outbox.settle(this.#held);
    this.#held.clear();
    this.#settle(null, revision, { persona });
  }

  #dispatch(ops: Op[]): void {
    const patch = {
      id: unique(),
      base_rev: this.#state.revision,
      ops
    };
    const drafts = new Map(this.#state.drafts);
    for (const op of ops) {
      if (op.op === 'field' && drafts.get(keyOf(op))?.field === op.field) {
        drafts.delete(keyOf(op));
      }
    }
    this.#outbox.post(patch, () => this.#become({ drafts, refusal: null }));
  }

  #refuse(ops: readonly Op[], reason: string): void {
    const { document } = this.#state;
    const drafts = new Map(this.#state.drafts);
    for (const op of ops) {
      if (op.op === 'field') {
        const { field, key } = op;
        const lane = document.lanes?.find(({ id }) => id === key[0]);
        const isTyped = TYPED.includes(field);
        const text = isTyped ? toText(op.new as Value, lane, document) : null;
        if (isTyped || !drafts.has(keyOf(op))) {
          drafts.set(keyOf(op), { field, text, reason });
        }
      }
    }
    this.#become({ drafts, refusal: { key: keyOf(ops[0]), reason } });
  }

  #settle(
    id: string | null,
    revision: number,
    change: Partial<State> = {}
  ): void {
    this.#outbox.settle(new Set([id]));
    this.#become({ ...change, revision });
  }

  #become(change: Partial<State>): void {
    const ops = this.#outbox.pending.flatMap(patch => patch.ops);
    this.#state = {
      ...this.#state,
      ...change,
      status: this.#outbox.status,
      document: patched(this.#confirmed, ops)
    };
    this.#listeners.forEach(listener => listener());
  }
}

/** The key of what has no place in the map. */
const NOWHERE = '[null,null,null]';

/** A cell's lane, stage and persona; of a lane or a stage its id in their place. */
function keyOf(op: Op): string {
  const id = op.op === 'order' ? null : op.key;
  return JSON.stringify(
    { lanes: [id, null, null], stages: [null, id, null] }[
      op.collection as 'lanes'
    ] ?? id
  );
}
