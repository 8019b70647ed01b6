import type { Cell, Journey, Lane } from '../generated/document';

export type {
  Cell,
  Journey,
  Lane,
  Measurement,
  Stage
} from '../generated/document';

/** What a cell may hold; null stands for an empty cell. */
export type Value = NonNullable<Cell['value']> | null;
export type LaneKind = Lane['kind'];

/** Which cell: in a lane, at a stage, for everyone (null) or for one persona. */
export interface Place {
  lane_id: string;
  stage_id: string;
  persona_id: string | null;
}

/** One cell's change. Its inverse is itself with `old` and `new` exchanged. */
export interface Op extends Place {
  old: Value;
  new: Value;
}

export function keyOf(place: Place): string {
  return JSON.stringify([place.lane_id, place.stage_id, place.persona_id]);
}

export function cellAt(document: Journey, place: Place): Cell | undefined {
  return document.cells?.find(
    cell =>
      cell.lane_id === place.lane_id &&
      cell.stage_id === place.stage_id &&
      (cell.persona_id ?? null) === place.persona_id
  );
}

export function valueAt(document: Journey, place: Place): Value {
  return cellAt(document, place)?.value ?? null;
}

export function sameValue(one: Value, other: Value): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
