/** Changes of single cells, applied to a document that itself never changes. */
import type { Cell, Journey, Op, Place } from './types';
import { cellAt } from './types';

/** Return a copy of the document in which each op's cell holds its new value. */
export function patched(document: Journey, ops: readonly Op[]): Journey {
  return ops.reduce(withValue, document);
}

/** Return the ops that undo these, last first. */
export function inverse(ops: readonly Op[]): Op[] {
  return [...ops].reverse().map(op => ({ ...op, old: op.new, new: op.old }));
}

function withValue(document: Journey, op: Op): Journey {
  const old = cellAt(document, op);
  const changed: Cell = { ...(old ?? blank(op)), value: op.new };
  const isEmpty =
    changed.value === null &&
    (changed.target ?? null) === null &&
    !changed.note;
  const others = (document.cells ?? []).filter(cell => cell !== old);
  return { ...document, cells: isEmpty ? others : [...others, changed] };
}

function blank({ lane_id, stage_id, persona_id }: Place): Cell {
  return persona_id === null
    ? { lane_id, stage_id }
    : { lane_id, stage_id, persona_id };
}
