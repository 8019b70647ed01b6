/** A grid's line to its kernel, the same for maps and for tables. */
import type { AnyModel } from '@anywidget/types';

import type { Known, Rejoin, Rejoined } from '../store/outbox';
import { Confirmation } from './confirm';
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
  private readonly confirmation: Confirmation;
  private store: Store | undefined;

  constructor(private readonly model: AnyModel<Shared<Looks>>) {
    this.confirmation = new Confirmation(model);
    this.looking = new Looking(model, {
      say: look => this.say(look),
      overdue: () => this.store?.ask()
    });
  }

  /** How a store reaches the kernel. */
  readonly ways = {
    deliver: (patch: object): void => this.say({ type: 'patch', ...patch }),
    rejoin: (question: Rejoin): void => this.say(question)
  };

  /** Tell a store all that the kernel says; what only one kind of grid knows goes to `hear`. */
  serve<Answer extends News>(
    store: Store,
    hear: (answer: Answer, buffers: DataView[]) => void
  ): void {
    this.store = store;
    const isCommon = (news: Common | Answer): news is Common =>
      ['known', 'rejoined', 'looked'].includes(news.type);
    this.model.on(
      'msg:custom',
      (news: Common | Answer, buffers: DataView[]) => {
        if (isCommon(news)) {
          this.heard(news, store);
        } else {
          hear(news, buffers);
          // Where a look failed, nothing else would end the wait for its answer.
          this.looking.heard(news.id ?? null);
        }
        if (!['refused', 'rejoined'].includes(news.type)) {
          this.confirmation.heard(news.id ?? null);
        }
      }
    );
    // What happened while this script was still loading.
    store.ask();
  }

  readonly turn = (step: 'undo' | 'redo'): void => {
    this.confirmation.turned();
    this.say({ type: step });
  };

  readonly close = (): void => {
    this.looking.close();
    this.store?.close();
  };

  private heard(news: Common, store: Store): void {
    if (news.type === 'known') {
      store.known(news.id);
    } else if (news.type === 'looked') {
      this.looking.heard(news.id);
    } else if (store.rejoined(news.id)) {
      this.looking.again();
    }
  }

  /** Where the kernel is gone, which a host may tell by throwing, the grid says so. */
  private say(message: object): void {
    try {
      this.model.send(message);
    } catch (error) {
      console.info('The kernel is gone:', error);
      this.store?.lost();
    }
  }
}
