/** How a grid is looked at, told by messages between its page and its kernel. */
import type { AnyModel } from '@anywidget/types';

import { PATIENCE_MS } from '../store/outbox';
import { unique } from '../unique';

/** Says what a page changed of its look; the Python twin stands in `grids/messages.py`. */
export interface Look<Looks> {
  type: 'look';
  id: string;
  change: Partial<Looks>;
}

/** Says that the look of this id stands in Python. */
export interface Looked {
  type: 'looked';
  id: string;
}

interface Ways<Looks> {
  say: (look: Look<Looks>) => void;
  /** Called where nobody has answered for long. */
  overdue: () => void;
}

/**
 * The look that all views of a grid share.
 *
 * A trait set by the page would wait until the one before is answered: a cell that runs right
 * after two clicks would find the look of the first. So Python tells it by a trait, the page by
 * messages.
 */
export class Looking<Looks extends object> {
  /** What the page is ahead of Python. */
  #ahead: Partial<Looks> = {};
  #told: Looks;
  #last = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<() => void>();

  readonly #ways: Ways<Looks>;

  constructor(model: AnyModel<{ view: Looks }>, ways: Ways<Looks>) {
    this.#ways = ways;
    this.#told = model.get('view');
    model.on('change:view', () => {
      this.#told = model.get('view');
      this.#tell();
    });
  }

  readonly get = (): Looks => ({ ...this.#told, ...this.#ahead });

  readonly on = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly change = (change: Partial<Looks>): void => {
    this.#ahead = { ...this.#ahead, ...change };
    this.#tell();
    this.#send(change);
  };

  /** A look was answered: one of ours, if we know its id. */
  heard(id: string | null): void {
    if (id === this.#last) {
      clearTimeout(this.#timer);
      // The trait says the same, but may come later.
      this.#told = this.get();
      this.#ahead = {};
    }
  }

  /** Say once more what nobody has answered. */
  again(): void {
    if (Object.keys(this.#ahead).length) {
      this.#send(this.#ahead);
    }
  }

  /** Nobody looks any more. */
  readonly close = (): void => clearTimeout(this.#timer);

  #send(change: Partial<Looks>): void {
    this.#last = unique();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#ways.overdue, PATIENCE_MS);
    this.#ways.say({ type: 'look', id: this.#last, change });
  }

  #tell(): void {
    this.#listeners.forEach(listener => listener());
  }
}
