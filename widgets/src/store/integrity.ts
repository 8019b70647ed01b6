/** What must hold between the records of one journey: the twin of `model/integrity.py`. */
import { expected, fits } from './cells';
import type { Flaw } from './schema';
import type { Cell, Collection, Journey, Lane, Row } from './types';
import { COLLECTIONS, rowsOf } from './types';

const REFERENCES: Record<string, Collection> = {
  stage_id: 'stages',
  from_stage_id: 'stages',
  to_stage_id: 'stages',
  lane_id: 'lanes',
  persona_id: 'personas',
  segment_id: 'segments',
  milestone_id: 'milestones',
  touchpoint_id: 'touchpoints',
  source_id: 'sources',
  parent_id: 'stages'
};

/** Return the first thing that makes a document impossible, in the order of the file. */
export function flawOfRecords(document: Journey): Flaw | null {
  const rows = (name: Collection) => rowsOf(document, name);
  const ids = new Map(
    COLLECTIONS.map(name => [name, new Set(rows(name).map(row => row.id))])
  );
  for (const name of COLLECTIONS) {
    const seen = new Set<string>();
    for (const [position, row] of rows(name).entries()) {
      const where = `$.${name}[${position}]`;
      const key = row.id ?? placeOf(row as unknown as Cell);
      if (seen.has(key)) {
        return { where, reason: `${key} occurs twice` };
      }
      seen.add(key);
      const flaw = dangling(row, ids, where);
      if (flaw) {
        return flaw;
      }
    }
  }
  return misfit(document) ?? circle(document);
}

function placeOf(cell: Cell): string {
  return [cell.lane_id, cell.stage_id, cell.persona_id ?? ''].join(' / ');
}

function dangling(
  row: Row,
  ids: Map<string, Set<string | undefined>>,
  where: string
): Flaw | null {
  for (const [field, collection] of Object.entries(REFERENCES)) {
    const target = row[field];
    if (typeof target === 'string' && !ids.get(collection)?.has(target)) {
      const reason = `there is no ${JSON.stringify(target)} among the ${collection}`;
      return { where: `${where}.${field}`, reason };
    }
  }
  return null;
}

function misfit(document: Journey): Flaw | null {
  const lanes = new Map<string, Lane>(
    document.lanes?.map(lane => [lane.id, lane])
  );
  for (const [position, cell] of (document.cells ?? []).entries()) {
    const lane = lanes.get(cell.lane_id);
    if (lane && !fits(cell.value ?? null, lane)) {
      const reason = `lane ${JSON.stringify(lane.id)} is of kind ${lane.kind} and takes ${expected(lane)}`;
      return { where: `$.cells[${position}].value`, reason };
    }
  }
  return null;
}

function circle(document: Journey): Flaw | null {
  const stages = document.stages ?? [];
  const parents = new Map(
    stages.map(stage => [stage.id, stage.parent_id ?? null])
  );
  for (const [position, stage] of stages.entries()) {
    const seen = new Set([stage.id]);
    let current = stage.parent_id ?? null;
    while (current !== null && !seen.has(current)) {
      seen.add(current);
      current = parents.get(current) ?? null;
    }
    if (current !== null) {
      const where = `$.stages[${position}].parent_id`;
      return { where, reason: "a stage can't be its own sub-step" };
    }
  }
  return null;
}
