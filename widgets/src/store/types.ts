import type { Cell, Journey, Lane } from '../generated/document';

export type {
  Cell,
  Journey,
  Lane,
  Measurement,
  Persona,
  Stage
} from '../generated/document';

/** What a cell may hold; null stands for an empty cell. */
export type Value = NonNullable<Cell['value']> | null;
export type LaneKind = Lane['kind'];

export const COLLECTIONS = [
  'goals',
  'personas',
  'touchpoints',
  'stages',
  'lanes',
  'cells',
  'milestones',
  'measurements',
  'sources',
  'segments',
  'conversions',
  'paths',
  'insights',
  'changes',
  'reviews'
] as const;
export type Collection = (typeof COLLECTIONS)[number];

/** A record of any collection, seen from outside. */
export type Row = { id?: string; name?: string } & Record<string, unknown>;

export function rowsOf(document: Journey, collection: Collection): Row[] {
  return (document[collection] ?? []) as unknown as Row[];
}

/** Which cell: in a lane, at a stage, for everyone (null) or for one persona. */
export interface Place {
  lane_id: string;
  stage_id: string;
  persona_id: string | null;
}

export function triple(place: Place): [string, string, string | null] {
  return [place.lane_id, place.stage_id, place.persona_id];
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
