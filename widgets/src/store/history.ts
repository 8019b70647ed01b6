/** Undo and redo where no kernel keeps them: one step for each send. */
import type { Op } from './patches';
import { applies, inverse } from './patches';
import type { Store } from './store';

export class History {
  private readonly done: Op[][] = [];
  private undone: Op[][] = [];

  constructor(
    private readonly store: Store,
    /** Why a step can't be made that another has changed something of. */
    private readonly passed: () => string
  ) {}

  readonly send = (ops: Op[]): void => {
    const changes = this.store.send(ops);
    if (changes.length) {
      this.done.push(changes);
      this.undone = [];
    }
  };

  readonly undo = (): void => this.step(this.done, this.undone, inverse);

  readonly redo = (): void => this.step(this.undone, this.done, ops => ops);

  private step(from: Op[][], to: Op[][], turn: (ops: Op[]) => Op[]): void {
    const ops = from.pop();
    if (!ops) {
      return;
    }
    const changes = turn(ops);
    const { document, revision } = this.store.get();
    if (applies(document, changes)) {
      to.push(ops);
      this.store.send(changes);
    } else {
      // What somebody else changed meanwhile isn't ours to undo.
      this.store.refused({ id: null, revision, reason: this.passed() });
    }
  }
}
