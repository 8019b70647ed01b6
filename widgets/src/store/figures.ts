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

/** The same figure as it was measured for the period before, where the document holds one. */
export function earlierOf(
  document: Journey,
  figure: Measurement
): Measurement | undefined {
  const name = subjectOf(figure);
  return (document.measurements ?? [])
    .filter(
      it =>
        subjectOf(it) === name &&
        typeof it.value === 'number' &&
        !it.suppressed &&
        isBefore(it, figure)
    )
    .reduce<Measurement | undefined>(
      (last, it) => (last && isBefore(it, last) ? last : it),
      undefined
    );
}

function isBefore(one: Measurement, other: Measurement): boolean {
  const [ends, late] = [endOf(one), endOf(other)];
  // Computed again for the same period isn't an earlier state.
  return ends && late
    ? ends < late
    : !ends && !late && timeOf(one) < timeOf(other);
}

function endOf({ period = '' }: Measurement): string {
  return period.split('/').at(-1) ?? '';
}

// Each figure is compared with all others, at each paint.
const subjects = new WeakMap<Measurement, string>();

/** What a figure is of: its place on the map, and whose. */
function subjectOf(figure: Measurement): string {
  const { metric, lane_id, stage_id, milestone_id, name, unit } = figure;
  const known = subjects.get(figure);
  const subject =
    known ??
    JSON.stringify([
      [metric, lane_id, stage_id, milestone_id, name, unit],
      figure.persona_id ?? null,
      selectionOf(figure)
    ]);
  subjects.set(figure, subject);
  return subject;
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
