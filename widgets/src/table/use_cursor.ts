/** The focused cell, the area that is chosen with it, and the focus itself. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

import type { Area } from './actions';
import type { At } from './keys';

export interface Cursor {
  active: At;
  area: Area;
  go: (to: At, isExtending?: boolean) => void;
  /** Go to a cell out of another's field. */
  step: (to: At) => void;
  /** Make a cell the active one, but leave the focus: a field in it will take it. */
  choose: (to: At) => void;
  setAnchor: (to: At) => void;
}

const START: At = { row: 0, column: 0 };

export function useCursor(
  root: { readonly current: HTMLElement | null },
  last: At,
  isEditing: boolean
): Cursor {
  const isDue = useRef(false);
  const [at, setAt] = useState(START);
  const [anchor, setAnchor] = useState(START);
  const active = {
    row: Math.min(at.row, last.row),
    column: Math.min(at.column, last.column)
  };
  const cellAt = ({ row, column }: At) =>
    root.current?.querySelector<HTMLElement>(`[data-at="${row},${column}"]`);
  const name = `${active.row},${active.column}`;
  // A row that goes takes the focus with it: it belongs to the cell in its place.
  const focused = focusedIn(root.current);
  if (!isEditing && focused?.dataset.at && focused.dataset.at !== name) {
    isDue.current = true;
  }
  const isOnCell = focused?.dataset.at !== undefined;
  useLayoutEffect(() => {
    // With its row, the focused cell may be gone by now.
    if (isDue.current || (isOnCell && !focusedIn(root.current))) {
      const cell = cellAt(active);
      isDue.current = !cell;
      cell?.focus();
    }
  });
  const go: Cursor['go'] = (to, isExtending = false) => {
    isDue.current = true;
    setAt(to);
    if (!isExtending) {
      setAnchor(to);
    }
  };
  return {
    active,
    area: areaOf(anchor, active),
    go,
    step: to => {
      // Before the field goes: then the page would look for a place of the focus, at some cost.
      cellAt(to)?.focus();
      go(to);
    },
    choose: to => {
      setAt(to);
      setAnchor(to);
    },
    setAnchor
  };
}

export function areaOf(one: At, other: At): Area {
  return {
    top: Math.max(0, Math.min(one.row, other.row)),
    bottom: Math.max(one.row, other.row),
    left: Math.min(one.column, other.column),
    right: Math.max(one.column, other.column)
  };
}

function focusedIn(root: HTMLElement | null): HTMLElement | null {
  const focused = (root?.getRootNode() as Document | ShadowRoot | undefined)
    ?.activeElement;
  return focused && root?.contains(focused) ? (focused as HTMLElement) : null;
}
