/** A grid's line to its kernel, the same for maps and for tables. */
import type { AnyModel } from '@anywidget/types';

import type { Known, Rejoin, Rejoined } from '../store/outbox';
import type { Looked } from './looking';
import { Looking } from './looking';

interface Shared<Looks> {
  _answered: number;
  view: Looks;
}

/** What a line asks of the store it serves. */
interface Store {
  ask: () => void;
  lost: () => void;
  close: () => void;
  known: (id: string) => void;
  rejoined: (id: string) => boolean;
}

type Common = Known | Rejoined | Looked;

interface News {
  type: string;
  id?: string | null;
}

/** One for all views of a grid. */
export class Line<Looks extends object> {
  readonly looking: Looking<Looks>;
  #isTurning = false;
  #store: Store | undefined;

  readonly #model: AnyModel<Shared<Looks>>;

  constructor(model: AnyModel<Shared<Looks>>) {
    this.#model = model;
    this.looking = new Looking(model, {
      say: look => this.#say(look),
      overdue: () => this.#store?.ask()
    });
  }

  /** How a store reaches the kernel. */
  readonly ways = {
    deliver: (patch: object): void => this.#say({ type: 'patch', ...patch }),
    rejoin: (question: Rejoin): void => this.#say(question)
  };

  /** Tell a store all that the kernel says; what only one kind of grid knows goes to `hear`. */
  serve<Answer extends News>(
    store: Store,
    hear: (answer: Answer, buffers: DataView[]) => void
  ): void {
    this.#store = store;
    const isCommon = (news: Common | Answer): news is Common =>
      ['known', 'rejoined', 'looked'].includes(news.type);
    this.#model.on(
      'msg:custom',
      (news: Common | Answer, buffers: DataView[]) => {
        if (isCommon(news)) {
          this.#heard(news, store);
        } else {
          hear(news, buffers);
          // Where a look failed, nothing else would end the wait for its answer.
          this.looking.heard(news.id ?? null);
        }
        if (!['refused', 'rejoined'].includes(news.type)) {
          this.#confirm(news.id ?? null);
        }
      }
    );
    // What happened while this script was still loading.
    store.ask();
  }

  readonly turn = (step: 'undo' | 'redo'): void => {
    // Undo and redo carry no id that an answer could name.
    this.#isTurning = true;
    this.#say({ type: step });
  };

  readonly close = (): void => {
    this.looking.close();
    this.#store?.close();
  };

  #heard(news: Common, store: Store): void {
    if (news.type === 'known') {
      store.known(news.id);
    } else if (news.type === 'looked') {
      this.looking.heard(news.id);
    } else if (store.rejoined(news.id)) {
      this.looking.again();
    }
  }

  /**
   * Tell the kernel by a trait that it has answered what somebody did in a page: marimo runs the
   * cells that use a grid when the page sets a trait; a message alone it passes on.
   */
  #confirm(id: string | null): void {
    // An answer without an id, to nothing this page asked for, is a change by Python.
    if (id !== null || this.#isTurning) {
      this.#isTurning = false;
      this.#model.set('_answered', this.#model.get('_answered') + 1);
      this.#model.save_changes();
    }
  }

  /** Where the kernel is gone, which a host may tell by throwing, the grid says so. */
  #say(message: object): void {
    try {
      this.#model.send(message);
    } catch {
      this.#store?.lost();
    }
  }
}
