/** Dragging with mouse, pen or finger. */

/** So far may a pointer stray and still have clicked. */
const SLACK = 5;

interface Follower {
  move: (event: PointerEvent) => void;
  end: (isDone: boolean) => void;
}

/** Follow a pointer from where it went down, once it has left that place, until it goes up. */
export function follow(start: PointerEvent, { move, end }: Follower): void {
  if (start.button !== 0) {
    return;
  }
  let isMoving = false;
  const onMove = (event: PointerEvent) => {
    const [x, y] = [
      event.clientX - start.clientX,
      event.clientY - start.clientY
    ];
    isMoving ||= Math.hypot(x, y) > SLACK;
    if (isMoving) {
      event.preventDefault();
      move(event);
    }
  };
  const listening = new AbortController();
  const stop = (isDone: boolean) => {
    listening.abort();
    if (isMoving) {
      end(isDone);
    }
  };
  const on = <K extends keyof WindowEventMap>(
    type: K,
    act: (event: WindowEventMap[K]) => void
  ) =>
    window.addEventListener(type, act, {
      signal: listening.signal,
      capture: true
    });
  on('pointermove', onMove);
  on('pointerup', () => stop(true));
  on('pointercancel', () => stop(false));
  on('keydown', event => event.key === 'Escape' && stop(false));
}
