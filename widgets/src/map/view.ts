/** What a map shows, worked out of a document: lanes, stages, figures, names. */
import { chip_count } from '../generated/theme';
import { named, referred } from '../store/cells';
import { shownFigures } from '../store/figures';
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
import { channelOf } from './channels';
import { shown, written } from './figures';
import { signs } from './signs';
import type { Words } from './words';
import { fill, wordsOf } from './words';

export interface View {
  readonly document: Journey;
  readonly persona: string | null;
  readonly words: Words;
  readonly lanes: readonly Lane[];
  readonly stages: readonly Stage[];
  readonly groups: readonly { name: string; width: number }[];
  /** The lanes to show, one after the other: for one persona, or a band of them for each. */
  readonly rows: readonly Row[];
  /** Whether a cell the persona hasn't shows what holds for all. */
  readonly isShared: boolean;
  readonly figures: readonly Measurement[];
  /** Whether a figure is still true, by its id, where somebody looked. */
  readonly states: States;
}

export type States = Readonly<Record<string, string>>;

export interface Row {
  readonly lane: Lane;
  /** The same map as the persona of this row sees it. */
  readonly view: View;
  /** The persona whose band begins here. */
  readonly heading: string;
}

/** How a view is looked at, which no document keeps. */
export interface Looks {
  /** Whose cells: a persona's id, or everyone's (null). */
  readonly persona: string | null;
  /** Whether each persona has a band of lanes, instead. */
  readonly bands: boolean;
  /** The stages whose sub-steps are folded away. */
  readonly folded: readonly string[];
}

/** What the host asks for, until a person asks for something else. */
export function looksOf({ document, persona }: State): Looks {
  const bands =
    persona === null &&
    document.map_type === 'persona-based' &&
    (document.personas ?? []).length > 0;
  return { persona, bands, folded: [] };
}

export function viewOf(
  state: State,
  asked: Looks = looksOf(state),
  states: States = {}
): View {
  const { document } = state;
  // Whoever was removed sees nothing: then everyone does.
  const found = document.personas?.find(({ id }) => id === asked.persona);
  const looks = { ...asked, persona: found?.id ?? null };
  const stages = (document.stages ?? []).filter(
    stage => !isFolded(stage, document, looks.folded)
  );
  const lanes = (document.lanes ?? []).filter(lane => !lane.hidden);
  const seenBy = (persona: string | null): View => ({
    document,
    persona,
    words: wordsOf(document.language),
    lanes,
    stages,
    groups: groupsOf(stages),
    rows: [],
    isShared: !looks.bands && persona !== null,
    figures: shownFigures(document, persona),
    states
  });
  const rows = bandsOf(document, looks).flatMap(persona => {
    const view = seenBy(persona);
    const name = document.personas?.find(({ id }) => id === persona)?.name;
    const heading = looks.bands ? (name ?? view.words.everyone) : '';
    return lanes.map((lane, at) => ({
      lane,
      view,
      heading: at === 0 ? heading : ''
    }));
  });
  return { ...seenBy(looks.bands ? null : looks.persona), rows };
}

function bandsOf(document: Journey, looks: Looks): (string | null)[] {
  if (!looks.bands) {
    return [looks.persona];
  }
  const isShared = document.cells?.some(
    cell => (cell.persona_id ?? null) === null
  );
  const personas = (document.personas ?? []).map(({ id }) => id);
  return isShared ? [null, ...personas] : personas;
}

/** Whether a stage is a sub-step, however deep, of a folded one. */
function isFolded(
  stage: Stage,
  document: Journey,
  folded: readonly string[]
): boolean {
  const parent = document.stages?.find(({ id }) => id === stage.parent_id);
  return (
    parent !== undefined &&
    (folded.includes(parent.id) || isFolded(parent, document, folded))
  );
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

/** The cell to show: the row's own, or else the one that holds for all. */
export function cellOf(view: View, lane: Lane, stage: Stage): Cell | undefined {
  const place = placeOf(view, lane, stage);
  return (
    cellAt(view.document, place) ??
    (view.isShared
      ? cellAt(view.document, { ...place, persona_id: null })
      : undefined)
  );
}

/** Whether a persona's map shows here what holds for all. */
export function isBorrowed(view: View, lane: Lane, stage: Stage): boolean {
  const cell = cellOf(view, lane, stage);
  return cell !== undefined && (cell.persona_id ?? null) !== view.persona;
}

/** The figures computed for a cell, in the order of the file. */
export function figuresOf(view: View, lane: Lane, stage: Stage): Measurement[] {
  return view.figures.filter(
    figure => figure.lane_id === lane.id && figure.stage_id === stage.id
  );
}

/** What a value of a choice is called. */
export function calledIn(words: Words, id: string): string {
  const called: Record<string, string> = words.called;
  return called[id] ?? id;
}

/** The names that a cell's ids stand for, or its own items. */
export function itemsOf(view: View, lane: Lane, value: Value): string[] {
  return Array.isArray(value) ? named(value, lane, view.document) : [];
}

/** The colour of each chip of a lane: its channel's, else one per word, in the order of the
 * options, then of the words themselves. */
export function chipColours(view: View, lane: Lane): Map<string, number> {
  const words = new Set<string>([
    ...(lane.options ?? []),
    ...view.stages.flatMap(stage => {
      const value = cellOf(view, lane, stage)?.value;
      return Array.isArray(value) ? value : [];
    })
  ]);
  return new Map(
    [...words].map((word, index) => {
      const channel = channelOf(word, view.words);
      return [
        word,
        channel ? signs.channels[channel].chip : index % chip_count
      ];
    })
  );
}

/** What an editor offers: a lane's options and the words already in use, or the records' names. */
export function offersOf(view: View, lane: Lane): string[] {
  if (lane.kind === 'reference') {
    return referred(lane, view.document).map(({ name }) => name);
  }
  return lane.kind === 'chips' ? [...chipColours(view, lane).keys()] : [];
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
  const { words } = view;
  const evidence = cellOf(view, lane, stage)?.evidence ?? 'assumed';
  const about = [
    spoken(view, lane, stage) || words.empty,
    evidence === 'assumed'
      ? ''
      : fill(words.evidence_is, { evidence: words.evidences[evidence] }),
    isBorrowed(view, lane, stage) ? words.shared : ''
  ];
  return fill(words.cell, {
    lane: lane.name,
    stage: stage.name,
    value: about.filter(Boolean).join(', ')
  });
}

function spoken(view: View, lane: Lane, stage: Stage): string {
  const { words, document } = view;
  const cell = cellOf(view, lane, stage);
  const value = cell?.value ?? null;
  const figures = figuresOf(view, lane, stage);
  if (lane.kind === 'metric') {
    const unit = figures[0]?.unit;
    const aim = cell?.target ?? null;
    return [
      value !== null &&
        fill(words.override, { value: written(Number(value), unit, document) }),
      ...figures.map(figure =>
        [shown(figure, document, words).spoken, stateOf(view, figure)]
          .filter(Boolean)
          .join(', ')
      ),
      aim !== null &&
        fill(words.target_value, { value: written(aim, unit, document) })
    ]
      .filter(Boolean)
      .join('; ');
  }
  if (lane.kind === 'score') {
    return spokenScores(value, cell?.target ?? null, figures, words);
  }
  if (lane.kind === 'choice') {
    return calledIn(words, String(value ?? ''));
  }
  return Array.isArray(value)
    ? itemsOf(view, lane, value).join('; ')
    : String(value ?? '');
}

/** What is known of a figure's truth, in words. */
export function stateOf({ states, words }: View, { id }: Measurement): string {
  const known: Record<string, string> = words.states;
  return known[states[id]] ?? states[id] ?? '';
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
