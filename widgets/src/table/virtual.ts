/** Only what is in sight is in the page: rows and columns by the library that measures them. */
import type { Range } from '@tanstack/virtual-core';
import {
  Virtualizer,
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect
} from '@tanstack/virtual-core';
import { useLayoutEffect, useState } from 'preact/hooks';

interface Axis {
  count: number;
  size: (index: number) => number;
  isHorizontal?: boolean;
  /** Pixels that the header or the row labels cover. */
  covered: number;
  /** In the page even when out of sight: the focused one, the frozen ones. */
  always: readonly number[];
  /** How much is in sight before anything was measured. */
  initial: number;
}

type Line = Virtualizer<HTMLElement, HTMLElement>;

export function useVirtual(
  scroll: { readonly current: HTMLElement | null },
  axis: Axis
): Line {
  const [, repaint] = useState(0);
  const rangeExtractor = (range: Range) => {
    const inside = axis.always.filter(
      index => index >= 0 && index < axis.count
    );
    return [...new Set([...inside, ...defaultRangeExtractor(range)])].sort(
      (one, other) => one - other
    );
  };
  const options = {
    count: axis.count,
    getScrollElement: () => scroll.current,
    estimateSize: axis.size,
    horizontal: axis.isHorizontal ?? false,
    // Where text runs from the right, a page counts scrolled pixels below zero.
    isRtl: scroll.current?.matches(':dir(rtl)') ?? false,
    overscan: 4,
    paddingStart: axis.covered,
    initialRect: { width: axis.initial, height: axis.initial },
    rangeExtractor,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: () => repaint(count => count + 1)
  };
  const [line] = useState<Line>(() => new Virtualizer(options));
  line.setOptions(options);
  useLayoutEffect(() => line._didMount(), [line]);
  useLayoutEffect(() => line._willUpdate());
  return line;
}
