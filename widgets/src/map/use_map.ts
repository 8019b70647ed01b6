/** Where a person stands in the map, and what they see of it. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

import { same } from '../store/defaults';
import type { Op } from '../store/patches';
import { patched } from '../store/patches';
import type { Journey, Lane, Stage } from '../store/types';
import { refusalOf } from './drafts';
import type { Host } from './host';
import type { At, Size } from './keys';
import { isHeading } from './keys';
import type { Looks, Seen, View } from './view';
import { looksOf, nameOf, seenAt, viewOf } from './view';
import type { Words } from './words';

export interface Range {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

export interface Desk {
  readonly host: Host;
  readonly document: Journey;
  readonly view: View;
  readonly words: Words;
  readonly looks: Looks;
  readonly size: Size;
  readonly isReadOnly: boolean;
  readonly at: At;
  readonly anchor: At;
  readonly range: Range;
  readonly said: string;
  readonly root: RefObject<HTMLDivElement | null>;
  look: (change: Partial<Looks>) => void;
  /** The view as it is by now, maybe not yet painted. */
  latest: () => View;
  /** Stand there, with the focus; a range reaches from where one stood before. */
  go: (at: At, isRange?: boolean) => void;
  /** The focus is there already. */
  arrive: (at: At) => void;
  select: (from: At, to: At) => void;
  say: (text: string) => void;
  /** Show these changes without making them, while something is dragged. */
  preview: (ops: Op[]) => void;
  laneAt: (at: At) => Lane;
  stageAt: (at: At) => Stage;
  /** What a heading is of. */
  recordAt: (at: At) => Stage | Lane;
  elementAt: (at: At) => HTMLElement | null | undefined;
  seen: (at: At) => Seen;
  nameAt: (at: At) => string;
  isEditable: (at: At) => boolean;
}

export function useMap(host: Host): Desk {
  const [, repaint] = useState(0);
  useLayoutEffect(() => host.on(() => repaint(count => count + 1)), [host]);
  const state = host.get();
  const [changed, setChanged] = useState<Partial<Looks>>({});
  const [dragged, preview] = useState<Op[]>([]);
  const looks = { ...looksOf(state), ...host.looks?.(), ...changed };
  const document = patched(state.document, dragged);
  const view = viewOf({ ...state, document }, looks, host.states?.());
  const { rows, stages, words } = view;
  const size = { rows: rows.length, columns: stages.length };
  const isReadOnly = host.readOnly || state.status === 'disconnected';

  const root = useRef<HTMLDivElement>(null);
  const elementAt = (to: At) =>
    root.current?.querySelector<HTMLElement>(`[data-at="${to.join(',')}"]`);
  const isFocusDue = useRef(false);
  const [wanted, setActive] = useState<At>([0, 0]);
  const [anchored, setAnchor] = useState<At>([0, 0]);
  const [said, say] = useState('');
  const at = within(wanted, size);
  const anchor = isHeading(at) ? at : within(anchored, size);

  useLayoutEffect(() => {
    if (isFocusDue.current) {
      isFocusDue.current = false;
      elementAt(at)?.focus();
    }
  });
  // A view that comes later has nothing to tell of what was refused before.
  const heard = useRef(state.refusal);
  useLayoutEffect(() => {
    if (state.refusal && state.refusal !== heard.current) {
      say(refusalOf(state, words).said);
    }
    heard.current = state.refusal;
  }, [state.refusal]);

  const laneAt = ([row]: At) => rows[row].lane;
  const stageAt = ([, column]: At) => stages[column];
  const seen = (to: At) => seenAt(rows[to[0]].view, laneAt(to), stageAt(to));
  const latest = () => viewOf(host.get(), looks, host.states?.());
  const stand = (to: At, isRange = false) => {
    setActive(to);
    if (!isRange) {
      setAnchor(to);
    }
  };
  return {
    ...{ host, document, view, words, looks, size, isReadOnly, said, root },
    ...{ at, anchor },
    range: rangeOf(at, anchor),
    look: host.look ?? (change => setChanged({ ...changed, ...change })),
    go: (to, isRange) => {
      isFocusDue.current = true;
      stand(to, isRange);
    },
    arrive: to => {
      isFocusDue.current = false;
      if (!same(to, at)) {
        stand(to);
      }
    },
    select: (from, to) => {
      isFocusDue.current = true;
      setAnchor(from);
      setActive(to);
    },
    latest,
    say,
    preview,
    elementAt,
    laneAt,
    stageAt,
    recordAt: to => (to[0] < 0 ? stageAt(to) : laneAt(to)),
    seen,
    nameAt: to => {
      const now = latest();
      const row = now.rows[to[0]];
      return row ? nameOf(seenAt(row.view, row.lane, now.stages[to[1]])) : '';
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
