/** What a map shows, worked out of a document: lanes, stages, figures, names. */
import { cells } from '../generated/defaults';
import { chip_count } from '../generated/theme';
import { named, referred, toText } from '../store/cells';
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
  /** Whose cells stand on the map: one persona's or everyone's (null), or each band's. */
  readonly people: readonly (string | null)[];
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
  const people = bandsOf(document, looks);
  const seenBy = (persona: string | null): View => ({
    document,
    persona,
    people,
    words: wordsOf(document.language),
    lanes,
    stages,
    groups: groupsOf(stages),
    rows: [],
    isShared: !looks.bands && persona !== null,
    figures: shownFigures(document, persona),
    states
  });
  const rows = people.flatMap(persona => {
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

/** A cell as a row shows it: what stands there, and all that is known about it. */
export interface Seen extends Required<Pick<Cell, 'evidence'>> {
  readonly view: View;
  readonly lane: Lane;
  readonly stage: Stage;
  readonly place: Place;
  readonly value: Value;
  readonly target: number | null;
  /** Whether anything is written there. */
  readonly isFilled: boolean;
  /** Whether a persona's map shows here what holds for all. */
  readonly isBorrowed: boolean;
  /** The figures computed for it, in the order of the file. */
  readonly figures: readonly Measurement[];
}

/** What is to be shown: the row's own cell, or else the one that holds for all. */
export function seenAt(view: View, lane: Lane, stage: Stage): Seen {
  const { document, persona, isShared } = view;
  const place = { lane_id: lane.id, stage_id: stage.id, persona_id: persona };
  const own = cellAt(document, place);
  const common =
    isShared && !own && cellAt(document, { ...place, persona_id: null });
  const { value, target, evidence } = { ...cells, ...(own ?? common) };
  return {
    ...{ view, lane, stage, place, value, target, evidence },
    isFilled: !!own,
    isBorrowed: !!common,
    figures: view.figures.filter(
      figure => figure.lane_id === lane.id && figure.stage_id === stage.id
    )
  };
}

/** What a value of a choice is called. */
export function calledIn(words: Words, id: string): string {
  const called: Record<string, string> = words.called;
  return called[id] ?? id;
}

/** The names that a cell's ids stand for, or its own items. */
export function itemsOf({ view, lane, value }: Seen): string[] {
  return Array.isArray(value) ? named(value, lane, view.document) : [];
}

/** The colour of each chip of a lane: its channel's, else one per word, in the order of the
 * options, then of the words themselves; the same in every band, and whatever is folded. */
export function chipColours(view: View, lane: Lane): Map<string, number> {
  const words = new Set<string>([
    ...(lane.options ?? []),
    ...view.people.flatMap(persona =>
      (view.document.stages ?? []).flatMap(stage =>
        itemsOf(seenAt({ ...view, persona }, lane, stage))
      )
    )
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

export function signed(score: number, { language = 'en' }: Journey): string {
  return new Intl.NumberFormat(language, {
    signDisplay: 'exceptZero',
    maximumFractionDigits: 2
  })
    .format(score)
    .replace('-', '−');
}

/** What a screen reader says for a cell: "Pain points, Onboarding: …". */
export function nameOf(seen: Seen): string {
  const { view, lane, stage, evidence, isBorrowed } = seen;
  const { words } = view;
  const about = [
    spoken(seen) || words.empty,
    evidence !== 'assumed' &&
      fill(words.evidence_is, { evidence: words.evidences[evidence] }),
    isBorrowed && words.shared
  ];
  return fill(words.cell, {
    lane: lane.name,
    stage: stage.name,
    value: about.filter(Boolean).join(words.joint)
  });
}

function spoken(seen: Seen): string {
  const { view, lane, value, target, figures } = seen;
  const { words, document } = view;
  const isScore = lane.kind === 'score';
  if (!isScore && lane.kind !== 'metric') {
    return Array.isArray(value)
      ? itemsOf(seen).join(words.apart)
      : toText(value, lane, document, words.called);
  }
  const said = (amount: number) =>
    isScore
      ? fill(words.point, {
          word: emotionWord(amount, words),
          score: signed(amount, document)
        })
      : written(amount, figures[0]?.unit, document);
  const own = value === null ? '' : said(value as number);
  const measured = figures[0]?.value ?? null;
  return [
    isScore ? own : own && fill(words.override, { value: own }),
    ...(isScore
      ? [
          measured !== null &&
            fill(words.measured_value, { value: said(measured) })
        ]
      : figures.map(figure =>
          [shown(figure, document, words).spoken, stateOf(view, figure)]
            .filter(Boolean)
            .join(words.joint)
        )),
    target !== null && fill(words.target_value, { value: said(target) })
  ]
    .filter(Boolean)
    .join(words.apart);
}

/** What is known of a figure's truth, in words. */
export function stateOf({ states, words }: View, { id }: Measurement): string {
  const known: Record<string, string> = words.states;
  return known[states[id]] ?? states[id] ?? '';
}
