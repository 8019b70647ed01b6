import type { FrameState, FrameStore } from '../store/frame';
import type { Look } from '../store/frame_view';
import type { Voice } from './words';

export type Theme = 'light' | 'dark';

/** All that a table knows of where it stands. */
export interface FrameHost extends Pick<
  FrameStore,
  'send' | 'awaits' | 'undo' | 'redo' | 'keepDraft' | 'keepDrafts'
> {
  readonly voice: Voice;
  get(): FrameState;
  /** Call the listener after every change of state, look or theme; returns how to stop that. */
  on(listener: () => void): () => void;
  look(): Look;
  setLook(change: Look): void;
  /** The keys of rows that nobody may edit here. */
  locked(): ReadonlySet<number>;
  readonly readOnly: boolean;
  theme(): Theme;
}
