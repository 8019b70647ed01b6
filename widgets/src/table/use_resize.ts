/** A column's edge, dragged: the column follows, and the look is told once, in the end. */
import { useState } from 'preact/hooks';

import { follow } from '../keys/follow';
import type { FrameHost } from './host';

const WIDTHS = { least: 40, most: 1200 };

export function withinBounds(width: number): number {
  return Math.round(Math.max(WIDTHS.least, Math.min(WIDTHS.most, width)));
}

export type Resize = (
  event: PointerEvent,
  column: number,
  width: number
) => void;

export function useResize(host: FrameHost) {
  const [widths, setWidths] = useState<Record<string, number>>({});
  const resize: Resize = (event, column, width) => {
    event.preventDefault();
    event.stopPropagation();
    // Else the heading where it is let go would be clicked, and sort.
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    let become = width;
    follow(event, {
      move: ({ clientX }) => {
        become = withinBounds(width + clientX - event.clientX);
        setWidths({ [column]: become });
      },
      end: isDone => {
        setWidths({});
        if (isDone) {
          const { widths } = host.look();
          host.setLook({ widths: { ...widths, [column]: become } });
        }
      }
    });
  };
  return { widths, resize };
}
