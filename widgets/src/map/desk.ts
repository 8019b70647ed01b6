/** Where a person stands in the map, and what they see of it. */
import type { RefObject } from 'preact';

import { same } from '../store/defaults';
import type { Op } from '../store/patches';
import { patched } from '../store/patches';
import type { Journey, Lane, Stage } from '../store/types';
import type { Above } from './above';
import type { Drop } from './drags';
import type { Host } from './host';
import type { At, Size } from './keys';
import { isHeading } from './keys';
import type { JourneyMap } from './map';
import type { Opened } from './typing';
import type { Looks, Seen, View } from './view';
import { looksOf, nameOf, seenAt, viewOf } from './view';
import type { Words } from './words';

export interface Range {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** What a view keeps for itself, and no document. */
export interface Kept {
  /** How it is looked at, where the host doesn't keep that. */
  looks: Partial<Looks>;
  /** Changes that are shown without being made, while something is dragged. */
  dragged: Op[];
  active: At;
  /** Where a range begins. */
  anchor: At;
  said: string;
  /** What is to be said once the step that was asked for, back or forth, is made. */
  turned?: string;
  opened: Opened | null;
  drop: Drop | null;
  above: Above | null;
  /** What is searched for; null while nothing is. */
  sought: string | null;
}

export const START: Kept = {
  looks: {},
  dragged: [],
  active: [0, 0],
  anchor: [0, 0],
  said: '',
  opened: null,
  drop: null,
  above: null,
  sought: null
};

export interface Desk {
  /** What the ids of its elements begin with: other maps may stand on the page. */
  readonly id: string;
  readonly host: Host;
  readonly kept: Kept;
  readonly document: Journey;
  readonly view: View;
  readonly words: Words;
  readonly looks: Looks;
  readonly size: Size;
  readonly isReadOnly: boolean;
  readonly at: At;
  readonly anchor: At;
  readonly range: Range;
  readonly root: RefObject<HTMLDivElement | null>;
  become: (change: Partial<Kept>) => void;
  look: (change: Partial<Looks>) => void;
  /** The view as it is by now, maybe not yet painted. */
  latest: () => View;
  /** Stand there, with the focus; a range reaches from where one stood before. */
  go: (at: At, isRange?: boolean) => void;
  /** The focus is there already. */
  arrive: (at: At) => void;
  select: (from: At, to: At) => void;
  say: (text: string) => void;
  laneAt: (at: At) => Lane;
  stageAt: (at: At) => Stage;
  /** What a heading is of. */
  recordAt: (at: At) => Stage | Lane;
  elementAt: (at: At) => HTMLElement | null | undefined;
  seen: (at: At) => Seen;
  /** What a cell or a heading is called by now; empty where none is left. */
  nameAt: (at: At) => string;
  isEditable: (at: At) => boolean;
}

export function deskOf(map: JourneyMap): Desk {
  const { id, root, state: kept } = map;
  const { host } = map.props;
  const state = host.get();
  const looks = { ...looksOf(state), ...host.looks?.(), ...kept.looks };
  const document = patched(state.document, kept.dragged);
  const view = viewOf({ ...state, document }, looks, host.states?.());
  const { rows, stages, words } = view;
  const size = { rows: rows.length, columns: stages.length };
  const isReadOnly = host.readOnly || state.status === 'disconnected';
  const at = within(kept.active, size);
  const anchor = isHeading(at) ? at : within(kept.anchor, size);

  // Whoever does something else waits for no step.
  const become = (change: Partial<Kept>) =>
    map.setState({ turned: '', ...change });
  const laneAt = ([row]: At) => rows[row].lane;
  const stageAt = ([, column]: At) => stages[column];
  const seen = (to: At) => seenAt(rows[to[0]].view, laneAt(to), stageAt(to));
  const latest = () => viewOf(host.get(), looks, host.states?.());
  const focus = (change: Partial<Kept>) => {
    map.isFocusDue = true;
    become(change);
  };
  return {
    ...{ id, host, kept, document, view, words, looks, size, isReadOnly, root },
    ...{ at, anchor, become, latest, laneAt, stageAt, seen },
    range: rangeOf(at, anchor),
    look:
      host.look ?? (change => become({ looks: { ...kept.looks, ...change } })),
    go: (to, isRange) =>
      focus(isRange ? { active: to } : { active: to, anchor: to }),
    select: (anchor, active) => focus({ anchor, active }),
    arrive: to => {
      map.isFocusDue = false;
      if (!same(to, at)) {
        become({ active: to, anchor: to });
      }
    },
    say: said => become({ said }),
    elementAt: to =>
      root.current?.querySelector<HTMLElement>(`[data-at="${to.join(',')}"]`),
    recordAt: to => (to[0] < 0 ? stageAt(to) : laneAt(to)),
    nameAt: to => {
      const now = latest();
      const [row, stage] = [now.rows[to[0]], now.stages[to[1]]];
      return row && stage
        ? nameOf(seenAt(row.view, row.lane, stage))
        : ((row?.lane ?? stage)?.name ?? '');
    },
    isEditable: to => !isReadOnly && !laneAt(to).locked
  };
}

function within([row, column]: At, size: Size): At {
  return [Math.min(row, size.rows - 1), Math.min(column, size.columns - 1)];
}

function rangeOf(one: At, other: At): Range {
  return {
    top: Math.min(one[0], other[0]),
    bottom: Math.max(one[0], other[0]),
    left: Math.min(one[1], other[1]),
    right: Math.max(one[1], other[1])
  };
}

/** The cells of a range, row by row. */
export function cellsOf(range: Range): At[][] {
  const count = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return count(range.top, range.bottom).map(row =>
    count(range.left, range.right).map(column => [row, column] as const)
  );
}
