/** Undo and redo where no kernel keeps them: one step for each send. */
import type { Op } from './patches';
import { applies, inverse } from './patches';
import type { Store } from './store';

export class History {
  private readonly done: Op[][] = [];
  private undone: Op[][] = [];

  constructor(private readonly store: Store) {}

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
    // What somebody else changed meanwhile isn't ours to undo.
    if (applies(this.store.get().document, changes)) {
      to.push(ops);
      this.store.send(changes);
    }
  }
}
