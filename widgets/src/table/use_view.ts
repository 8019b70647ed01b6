/** What is in sight: rows, columns, their sizes. */
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';

import type { Order } from '../store/frame_view';
import { orderOf, visibleColumns } from '../store/frame_view';
import type { Grid } from './actions';
import type { FrameHost } from './host';
import type { At } from './keys';
import { labelWidth, widthsOf } from './sizes';
import { useVirtual } from './virtual';

export const ROW = 32;

export interface View {
  grid: Grid;
  widths: readonly number[];
  /** The width of the labels, which are never scrolled away. */
  labels: number;
  /** Where a frozen column begins; null for all others. */
  frozenAt: (place: number) => number | null;
  /** How much the labels and the frozen columns cover. */
  covered: number;
  total: number;
  last: At;
  /** Rows added here, and after which row they are shown. */
  added: Map<number, number | null>;
  /** Return the keys of the rows to show, as all stands now. */
  keysNow: () => readonly number[];
}

export function useView(
  host: FrameHost,
  /** Of columns whose edge is being dragged. */
  resized: Readonly<Record<string, number>>
): View {
  const state = host.get();
  const { about, rows } = state;
  const look = host.look();
  const added = useRef(new Map<number, number | null>()).current;
  const order = useRef<Order | null>(null);
  const keysNow = () => {
    order.current = orderOf(order.current, host.get(), host.look(), added);
    return order.current.keys;
  };
  const keys = keysNow();
  const columns = useMemo(
    () => visibleColumns(about.columns.length, look),
    [about.columns, look.order]
  );
  const widths = useMemo(
    () => widthsOf(about, rows, columns, { ...look.widths, ...resized }),
    [about.columns, columns, look.widths, resized]
  );
  const labels = useMemo(
    () => labelWidth(about, rows),
    [about.columns, rows, rows.size]
  );
  const frozen = Math.min(look.frozen ?? 0, columns.length);
  const edges = useMemo(() => {
    let edge = labels;
    return [edge, ...widths.map(width => (edge += width))];
  }, [labels, widths]);
  return {
    grid: { state, keys, columns, locked: host.locked(), voice: host.voice },
    widths,
    labels,
    frozenAt: place => (place < frozen ? edges[place] : null),
    covered: edges[frozen],
    total: edges[widths.length],
    last: { row: keys.length - 1, column: columns.length - 1 },
    added,
    keysNow
  };
}

/** Return which rows and columns are in the page: those in sight, and the focused cell's. */
export function useWindow(
  scroll: { readonly current: HTMLElement | null },
  view: View,
  active: At
) {
  const { grid, widths, labels, frozenAt } = view;
  const rowLine = useVirtual(scroll, {
    count: grid.keys.length,
    size: () => ROW,
    covered: 0,
    always: [active.row],
    initial: 480
  });
  const frozen = widths.flatMap((_, place) =>
    frozenAt(place) === null ? [] : [place]
  );
  const columnLine = useVirtual(scroll, {
    count: widths.length,
    size: place => widths[place],
    isHorizontal: true,
    covered: labels,
    always: [active.column, ...frozen],
    initial: 1200
  });
  useLayoutEffect(() => columnLine.measure(), [widths]);
  return {
    rowsInSight: rowLine.getVirtualItems(),
    columnsInSight: columnLine.getVirtualItems().map(item => item.index),
    height: rowLine.getTotalSize(),
    isScrolled: !!columnLine.scrollOffset
  };
}
