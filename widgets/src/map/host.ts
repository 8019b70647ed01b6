import type { Op } from '../store/patches';
import type { State, Store } from '../store/store';
import type { Spot } from './spot';
import type { Looks } from './view';

export type Theme = 'light' | 'dark';

/** One row of `jj.check`, and where it leads; its Python twin is `grids/map_places.py`. */
export interface Finding {
  check: string;
  level: 'error' | 'warning' | 'hint';
  where: string;
  message: string;
  fix: string;
  spots: readonly Spot[];
  has_card: boolean;
}

/** All that a map knows of where it stands. */
export interface Host {
  get: () => State;
  /** Call the listener after every change of state or theme; returns how to stop that. */
  on: (listener: () => void) => () => void;
  send: (ops: Op[]) => void;
  keep: Store['keep'];
  undo?: () => void;
  redo?: () => void;
  /** What the checks found; null where nobody was asked. */
  findings?: () => readonly Finding[] | null;
  /** Whether a figure is still true, by its id, where somebody looked. */
  states?: () => Readonly<Record<string, string>>;
  /** How the map is looked at, where Python may say so, too; else each view keeps its own way. */
  looks?: () => Partial<Looks>;
  look?: (change: Partial<Looks>) => void;
  readonly readOnly: boolean;
  theme: () => Theme;
}
