import type { State } from '../store/store';
import type { Op } from '../store/types';

export type Theme = 'light' | 'dark';

/** All that a map knows of where it stands. */
export interface Host {
  get(): State;
  /** Call the listener after every change of state or theme; returns how to stop that. */
  on(listener: () => void): () => void;
  send(ops: Op[]): void;
  undo?(): void;
  redo?(): void;
  readonly readOnly: boolean;
  theme(): Theme;
}
