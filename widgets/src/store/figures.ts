/** Which of a journey's figures stand on its map: the twin of `model/figures.py`. */
import type { Journey, Measurement } from './types';

/**
 * Which figures stand on the map: the persona's if she has any, else everybody's; of these one
 * selection; of each figure the one computed last.
 */
export function shownFigures(
  document: Journey,
  persona: string | null
): Measurement[] {
  const placed = (document.measurements ?? []).filter(it => it.stage_id);
  const of = (id: string | null) =>
    placed.filter(figure => (figure.persona_id ?? null) === id);
  const own = of(persona);
  const group = own.length ? own : of(null);
  const selections = group.map(selectionOf);
  const wanted = selections.includes(EVERYBODY) ? EVERYBODY : selections[0];
  const latest = new Map<string, Measurement>();
  for (const figure of group) {
    const { metric, lane_id, stage_id, milestone_id, name } = figure;
    const key = JSON.stringify([metric, lane_id, stage_id, milestone_id, name]);
    const before = latest.get(key);
    if (
      selectionOf(figure) === wanted &&
      (!before || timeOf(before) <= timeOf(figure))
    ) {
      latest.set(key, figure);
    }
  }
  const kept = new Set(latest.values());
  return group.filter(figure => kept.has(figure));
}

const EVERYBODY = selectionOf({} as Measurement);

function selectionOf({ segment_id, where }: Measurement): string {
  return JSON.stringify([
    segment_id ?? null,
    Object.entries(where ?? {}).sort()
  ]);
}

function timeOf({ computed_at }: Measurement): number {
  return computed_at ? Date.parse(computed_at) : -Infinity;
}
