/** What stands at a place of the map, by ids: stages and lanes may be put in or moved meanwhile. */
import type { At } from './keys';
import type { View } from './view';

/** A cell; without a lane a stage's heading, without a stage a lane's. */
export interface Spot {
  readonly lane: string | null;
  readonly stage: string | null;
  readonly persona: string | null;
}

export function spotOf({ rows, stages }: View, [row, column]: At): Spot {
  return {
    lane: rows[row]?.lane.id ?? null,
    stage: stages[column]?.id ?? null,
    persona: rows[row]?.view.persona ?? null
  };
}

/** The key of its draft: a heading is the same in every band. */
export function keyOf({ lane, stage, persona }: Spot): string {
  return JSON.stringify([lane, stage, lane && stage ? persona : null]);
}

/** Where it stands now; null if it is gone. */
export function atOf({ rows, stages }: View, spot: Spot): At | null {
  const row = rows.findIndex(
    ({ lane, view }) => lane.id === spot.lane && view.persona === spot.persona
  );
  const column = stages.findIndex(({ id }) => id === spot.stage);
  const isGone =
    (spot.lane !== null && row < 0) || (spot.stage !== null && column < 0);
  return isGone ? null : [row, column];
}
