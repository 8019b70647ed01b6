/** What a map shows, worked out of a document: lanes, stages, figures, names. */
import { theme } from '../generated/theme';
import { referred } from '../store/cells';
import type { State } from '../store/store';
import type {
  Cell,
  Journey,
  Lane,
  Measurement,
  Place,
  Stage,
  Value
} from '../store/types';
import { cellAt } from '../store/types';
import { quantity, shown } from './figures';
import type { Words } from './words';
import { fill, wordsOf } from './words';

export interface View {
  readonly document: Journey;
  readonly persona: string | null;
  readonly words: Words;
  readonly lanes: readonly Lane[];
  readonly stages: readonly Stage[];
  readonly groups: readonly { name: string; width: number }[];
}

export function viewOf(state: State): View {
  const { document, persona } = state;
  const stages = document.stages ?? [];
  return {
    document,
    persona,
    words: wordsOf(document.language),
    lanes: (document.lanes ?? []).filter(lane => !lane.hidden),
    stages,
    groups: groupsOf(stages)
  };
}

function groupsOf(stages: readonly Stage[]): View['groups'] {
  const groups: { name: string; width: number }[] = [];
  for (const { group = '' } of stages) {
    const last = groups.at(-1);
    if (last?.name === group) {
      last.width += 1;
    } else {
      groups.push({ name: group, width: 1 });
    }
  }
  return groups.some(group => group.name) ? groups : [];
}

export function placeOf(view: View, lane: Lane, stage: Stage): Place {
  return { lane_id: lane.id, stage_id: stage.id, persona_id: view.persona };
}

export function cellOf(view: View, lane: Lane, stage: Stage): Cell | undefined {
  return cellAt(view.document, placeOf(view, lane, stage));
}

/** The figures computed for a cell, in the order of the file. */
export function figuresOf(view: View, lane: Lane, stage: Stage): Measurement[] {
  return (view.document.measurements ?? []).filter(
    figure =>
      figure.lane_id === lane.id &&
      figure.stage_id === stage.id &&
      (figure.persona_id ?? null) === view.persona
  );
}

/** The names that a cell's ids stand for, or its own items. */
export function itemsOf(view: View, lane: Lane, value: Value): string[] {
  if (!Array.isArray(value)) {
    return [];
  }
  const names = new Map(
    referred(lane, view.document).map(item => [item.id, item.name])
  );
  return value.map(item => names.get(item) ?? item);
}

/** The colour of each chip of a lane: one per word, in the order of the
 * options, then of the words themselves. */
export function chipColours(view: View, lane: Lane): Map<string, number> {
  const words = new Set<string>([
    ...(lane.options ?? []),
    ...view.stages.flatMap(stage => {
      const value = cellOf(view, lane, stage)?.value;
      return Array.isArray(value) ? value : [];
    })
  ]);
  const count = theme.light.chips.length;
  return new Map([...words].map((word, index) => [word, index % count]));
}

export function emotionWord(score: number, words: Words): string {
  const nearest = String(
    Math.max(-2, Math.min(2, Math.round(score)))
  ) as keyof Words['emotions'];
  return words.emotions[nearest];
}

export function signed(score: number): string {
  const size = String(Math.abs(Math.round(score * 100) / 100));
  return score > 0 ? `+${size}` : score < 0 ? `−${size}` : '0';
}

/** What a screen reader says for a cell: "Pain points, Onboarding: …". */
export function nameOf(view: View, lane: Lane, stage: Stage): string {
  return fill(view.words.cell, {
    lane: lane.name,
    stage: stage.name,
    value: spoken(view, lane, stage) || view.words.empty
  });
}

function spoken(view: View, lane: Lane, stage: Stage): string {
  const { words, document } = view;
  const cell = cellOf(view, lane, stage);
  const value = cell?.value ?? null;
  const figures = figuresOf(view, lane, stage);
  if (lane.kind === 'metric') {
    const parts = figures.map(figure => shown(figure, document, words).spoken);
    return value === null
      ? parts.join('; ')
      : [
          fill(words.override, { value: written(value, figures[0], document) }),
          ...parts
        ].join('; ');
  }
  if (lane.kind === 'score') {
    return spokenScores(value, cell?.target ?? null, figures, words);
  }
  return Array.isArray(value)
    ? itemsOf(view, lane, value).join('; ')
    : String(value ?? '');
}

function written(
  value: Value,
  figure: Measurement | undefined,
  document: Journey
): string {
  const { value: amount, unit } = quantity(
    Number(value),
    figure?.unit,
    document
  );
  return [amount, unit].filter(Boolean).join(' ');
}

function spokenScores(
  value: Value,
  target: number | null,
  figures: Measurement[],
  words: Words
): string {
  const point = (score: number) =>
    fill(words.point, {
      word: emotionWord(score, words),
      score: signed(score)
    });
  const measured = figures[0]?.value ?? null;
  return [
    typeof value === 'number' ? point(value) : '',
    measured === null
      ? ''
      : fill(words.measured_value, { value: point(measured) }),
    target === null ? '' : fill(words.target_value, { value: point(target) })
  ]
    .filter(Boolean)
    .join('; ');
}
