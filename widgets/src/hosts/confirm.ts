import type { AnyModel } from '@anywidget/types';

/**
 * Tells the kernel by a trait that it has answered what somebody did in a page.
 *
 * marimo runs the cells that use a grid when the page sets a trait; a message alone it passes on.
 */
export class Confirmation {
  #isTurning = false;

  readonly #model: AnyModel<{ _answered: number }>;

  constructor(model: AnyModel<{ _answered: number }>) {
    this.#model = model;
  }

  /** Undo and redo carry no id that an answer could name. */
  turned(): void {
    this.#isTurning = true;
  }

  /** An answer without an id, to nothing this page asked for, is a change by Python. */
  heard(id: string | null): void {
    if (id === null && !this.#isTurning) {
      return;
    }
    this.#isTurning = false;
    this.#model.set('_answered', this.#model.get('_answered') + 1);
    this.#model.save_changes();
  }
}
