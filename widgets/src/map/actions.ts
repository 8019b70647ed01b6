/** What a person can do to stages, lanes and scores; each is one step of undo. */
import { scored, STEP } from '../store/cells';
import type { Op } from '../store/patches';
import {
  added,
  copyName,
  duplicated,
  moved,
  removed,
  withCell,
  withField
} from '../store/structure';
import type { Cell, Lane, Row, Stage } from '../store/types';
import { rowsOf } from '../store/types';
import type { At } from './keys';
import type { Typing } from './typing';
import type { Desk } from './desk';
import { cellsOf } from './desk';
import { fill, plural } from './words';

export type Axis = 'stages' | 'lanes';

export interface Actions {
  rename: (at: At) => void;
  remove: (at: At) => void;
  duplicate: (at: At) => void;
  insert: (axis: Axis, index: number, fields?: Partial<Row>) => void;
  /** Put a stage or lane before another one (an id) or last. */
  put: (axis: Axis, id: string, before: string | null) => void;
  /** Move a stage or lane by one place. */
  shift: (at: At, by: -1 | 1) => void;
  set: (axis: Axis, id: string, fields: Partial<Row>) => void;
  raise: (at: At, by: -1 | 1, field: 'value' | 'target') => void;
  score: (at: At, field: 'value' | 'target', score: number) => Op[];
  evidence: (evidence: NonNullable<Cell['evidence']>) => void;
}

export function axisOf(at: At): Axis {
  return at[0] < 0 ? 'stages' : 'lanes';
}

export function actionsOf(desk: Desk, typing: Typing): Actions {
  const { host, document, words } = desk;
  const shown = (axis: Axis): readonly (Stage | Lane)[] =>
    axis === 'stages' ? desk.view.stages : desk.view.lanes;
  /** Where a record stands now that something was sent. */
  const find = (axis: Axis, id: string): At => {
    const { stages, rows } = desk.latest();
    return axis === 'stages'
      ? [-1, stages.findIndex(it => it.id === id)]
      : [rows.findIndex(row => row.lane.id === id), -1];
  };
  const tellPlace = (axis: Axis, id: string) => {
    const at = find(axis, id);
    desk.say(
      fill(words.moved, {
        name: desk.nameAt(at),
        at: Math.max(...at) + 1,
        count: shown(axis).length
      })
    );
    desk.go(at);
  };
  const score = (at: At, field: 'value' | 'target', value: number): Op[] =>
    withCell(document, desk.seen(at).place, field, value);
  return {
    put: (axis, id, before) => {
      host.send(moved(document, axis, id, before));
      tellPlace(axis, id);
    },
    score,
    rename: at => typing.openName(at, desk.recordAt(at).name),
    remove: at => {
      const { id, name } = desk.recordAt(at);
      const ops = removed(document, axisOf(at), id);
      const count = ops.filter(
        op => op.op === 'record' && op.collection === 'cells'
      ).length;
      host.send(ops);
      desk.say(plural(words.removed, count, words.language, { name }));
      desk.go(at);
    },
    duplicate: at => {
      const { id, ops } = duplicated(
        document,
        axisOf(at),
        desk.recordAt(at).id
      );
      host.send(ops);
      desk.go(find(axisOf(at), id));
    },
    insert: (axis, index, fields = {}) => {
      const names = rowsOf(document, axis).map(row => row.name);
      const wanted =
        axis === 'lanes'
          ? words.new_lane
          : fields.parent_id
            ? words.new_step
            : words.new_stage;
      const name = names.includes(wanted) ? copyName(wanted, names) : wanted;
      const { id, ops } = added(document, axis, { ...fields, name }, index);
      host.send(ops);
      desk.say(fill(words.added, { name }));
      typing.openName(find(axis, id), name);
    },
    shift: (at, by) => {
      const axis = axisOf(at);
      const { id, parent_id = null } = desk.recordAt(at) as Stage;
      // Sub-steps move among those of their stage, and a stage past the sub-steps of the next.
      const all = (shown(axis) as Stage[]).filter(
        it => (it.parent_id ?? null) === parent_id
      );
      const other = all[all.findIndex(it => it.id === id) + by]?.id;
      if (other) {
        const [first, behind] = by < 0 ? [id, other] : [other, id];
        host.send(moved(document, axis, first, behind));
        tellPlace(axis, id);
      }
    },
    set: (axis, id, fields) => {
      host.send(
        Object.entries(fields).flatMap(([field, value]) =>
          withField(document, axis, id, field, value)
        )
      );
      if ('hidden' in fields) {
        const name = rowsOf(document, axis).find(row => row.id === id)?.name;
        desk.say(
          fill(fields.hidden ? words.hidden : words.added, { name: name ?? '' })
        );
      }
    },
    raise: (at, by, field) => {
      const { lane, [field]: old } = desk.seen(at);
      if (desk.isEditable(at) && lane.kind === 'score') {
        host.send(score(at, field, scored(Number(old) + by * STEP)));
        desk.say(desk.nameAt(at));
      }
    },
    evidence: evidence => {
      const cells = cellsOf(desk.range).flat().filter(desk.isEditable);
      host.send(
        cells
          .map(desk.seen)
          .filter(({ isFilled }) => isFilled)
          .flatMap(({ place }) =>
            withCell(document, place, 'evidence', evidence)
          )
      );
      desk.say(desk.nameAt(desk.at));
    }
  };
}
