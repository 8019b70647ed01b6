/** The points of a curve, dragged up and down: the curve follows, one step of undo in the end. */
import { follow } from '../keys/follow';
import { scored } from '../store/cells';
import { scoreAt } from './curve';
import type { At } from './keys';
import type { Tools } from './menus';

export type Grab = (event: PointerEvent, field: 'value' | 'target') => void;

export function pointDrag({ desk, actions }: Tools, at: At): Grab {
  return (event, field) => {
    event.stopPropagation();
    const cell = (event.currentTarget as HTMLElement).closest(
      '[role=gridcell]'
    );
    let score: number | undefined;
    follow(event, {
      move: ({ clientY }) => {
        const box = cell?.getBoundingClientRect();
        if (box) {
          score = scored(scoreAt(((clientY - box.top) / box.height) * 100));
          desk.become({ dragged: actions.score(at, field, score) });
        }
      },
      end: isDone => {
        desk.become({ dragged: [] });
        if (isDone && score !== undefined) {
          desk.host.send(actions.score(at, field, score));
          desk.go(at);
          desk.say(desk.nameAt(at));
        }
      }
    });
  };
}
