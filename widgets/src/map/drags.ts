/** Dragging with mouse, pen or finger: headings to another place, cells into a range. */
import { follow } from '../keys/follow';
import type { Actions, Axis } from './actions';
import { axisOf } from './actions';
import type { At } from './keys';
import type { Desk } from './desk';

export interface Drop {
  axis: Axis;
  before: string;
}

export interface Drags {
  grab: (event: PointerEvent, at: At) => void;
  sweep: (event: PointerEvent, at: At) => void;
}

export function dragsOf(desk: Desk, actions: Actions): Drags {
  return {
    grab: (event, at) => {
      const target = event.target as HTMLElement;
      if (desk.isReadOnly || target.closest('button, input')) {
        return;
      }
      const axis = axisOf(at);
      const { id } = desk.recordAt(at);
      let before: string | null = null;
      follow(event, {
        move: moved => {
          before = beforeWhich(desk, axis, moved);
          desk.become({ drop: { axis, before: before ?? '' } });
        },
        end: isDone => {
          desk.become({ drop: null });
          if (isDone) {
            actions.put(axis, id, before);
          }
        }
      });
    },
    sweep: (event, at) => {
      if ((event.target as HTMLElement).closest('input, textarea, select')) {
        return;
      }
      if (event.shiftKey) {
        event.preventDefault();
        desk.go(at, true);
        return;
      }
      follow(event, {
        move: moved => {
          const over = cellUnder(moved);
          if (over) {
            desk.select(at, over);
          }
        },
        end: () => {}
      });
    }
  };
}

/** The heading whose middle lies behind the pointer. */
function beforeWhich(
  desk: Desk,
  axis: Axis,
  { clientX, clientY }: PointerEvent
): string | null {
  const headings =
    desk.root.current?.querySelectorAll<HTMLElement>(`[data-axis=${axis}]`) ??
    [];
  for (const heading of headings) {
    const box = heading.getBoundingClientRect();
    const isBehind =
      axis === 'stages'
        ? clientX < box.left + box.width / 2
        : clientY < box.top + box.height / 2;
    if (isBehind) {
      return heading.dataset.id ?? null;
    }
  }
  return null;
}

function cellUnder(event: PointerEvent): At | null {
  const root = (event.target as Node).getRootNode() as Document | ShadowRoot;
  const found = root
    .elementFromPoint?.(event.clientX, event.clientY)
    ?.closest<HTMLElement>('[role=gridcell][data-at]');
  return found?.dataset.at
    ? (found.dataset.at.split(',').map(Number) as unknown as At)
    : null;
}
