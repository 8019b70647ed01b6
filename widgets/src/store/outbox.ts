/**
 * Patches on their way: each waits for its answer. Where none comes, the other side is asked, again
 * and again, what became of them; what it never got is sent once more.
 */

import { unique } from '../unique';

/** How long an edit may wait for its answer before the other side counts as gone. */
export const PATIENCE_MS = 5000;

/** How much longer an answer may take for each change it is about. */
const PATIENCE_PER_OP_MS = 0.2;

/** The longest pause between two questions. */
const SELDOM_MS = 60_000;

export type Status = 'saved' | 'pending' | 'disconnected';

interface Posted {
  readonly id: string;
  readonly ops: readonly unknown[];
}

/** Asks what became of patches, and what holds; its Python twin is in `grids/messages.py`. */
export interface Rejoin {
  type: 'rejoin';
  id: string;
  revision: number;
  pending: string[];
}

/** Says of a patch that it holds since long, in which revision; what holds now comes next. */
export interface Known {
  type: 'known';
  id: string;
  revision: number;
}

/** Ends the answer to the question of this id. */
export interface Rejoined {
  type: 'rejoined';
  id: string;
}

export interface Ways<P> {
  deliver: (patch: P) => void;
  rejoin?: (question: Rejoin) => void;
}

export class Outbox<P extends Posted> {
  pending: readonly P[] = [];
  #isCut = false;
  #isInDoubt = false;
  #asked: { id: string; patches: readonly P[] } | null = null;
  #pause = PATIENCE_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly #ways: Ways<P>;
  readonly #revision: () => number;
  readonly #onLost: () => void;

  constructor(
    ways: Ways<P>,
    revision: () => number,
    /** Called where the other side is found gone. */
    onLost: () => void
  ) {
    this.#ways = ways;
    this.#revision = revision;
    this.#onLost = onLost;
  }

  get status(): Status {
    if (this.#isCut) {
      return 'disconnected';
    }
    return this.pending.length ? 'pending' : 'saved';
  }

  /** Take a patch to send; `show` is called before it goes. */
  post(patch: P, show: () => void): void {
    this.pending = [...this.pending, patch];
    this.#wait();
    show();
    this.#ways.deliver(patch);
  }

  /** Somebody is there: these patches were answered, whichever of them are ours. */
  settle(ids: ReadonlySet<string | null>): void {
    this.pending = this.pending.filter(({ id }) => !ids.has(id));
    this.#isCut = false;
    this.#wait();
  }

  /** Nothing can be sent any more. */
  readonly lost = (): void => {
    if (!this.#isCut) {
      this.#isCut = true;
      this.#pause = PATIENCE_MS;
      this.#later(this.#pause);
      this.#onLost();
    }
  };

  /** Ask what holds, until that is told; all of it where one is in doubt, else what was missed. */
  readonly ask = (isInDoubt = false): void => {
    this.#isInDoubt ||= isInDoubt;
    this.#pause = PATIENCE_MS;
    this.#question();
  };

  /** The other side is there again; `show` is called before anything is sent once more. */
  rejoined(id: string, show: () => void): boolean {
    if (id !== this.#asked?.id) {
      return false;
    }
    const missed = this.pending.filter(it => this.#asked?.patches.includes(it));
    this.#asked = null;
    this.#isInDoubt = false;
    this.settle(new Set());
    show();
    missed.forEach(patch => this.#ways.deliver(patch));
    return true;
  }

  /** Nobody looks any more. */
  readonly close = (): void => clearTimeout(this.#timer);

  /** The time is up that an answer may take. */
  readonly #due = (): void => {
    if (this.pending.length) {
      this.lost();
    }
    this.#question();
  };

  #question(): void {
    const { pending } = this;
    const { rejoin } = this.#ways;
    if (!rejoin) {
      return;
    }
    this.#asked = { id: unique(), patches: pending };
    this.#later(this.#pause);
    this.#pause = Math.min(2 * this.#pause, SELDOM_MS);
    rejoin({
      type: 'rejoin',
      id: this.#asked.id,
      revision: this.#isInDoubt ? -1 : this.#revision(),
      pending: pending.map(patch => patch.id)
    });
  }

  #wait(): void {
    clearTimeout(this.#timer);
    if (this.pending.length || this.#asked) {
      this.#later(PATIENCE_MS);
    }
  }

  #later(pause: number): void {
    const count = this.pending.reduce((sum, { ops }) => sum + ops.length, 0);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#due, pause + count * PATIENCE_PER_OP_MS);
  }
}
