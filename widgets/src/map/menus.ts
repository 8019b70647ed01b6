/** The menus of a stage, a lane, a cell, and of the map. */
import type { Collection, Row, Stage } from '../store/types';
import type { Above } from './above';
import type { Actions } from './actions';
import type { At } from './keys';
import { kindEntries, usedIn } from './kinds';
import type { Entry } from './menu';
import type { Drags } from './drags';
import type { Typing } from './typing';
import type { Desk } from './desk';
import { itemsOf } from './view';
import type { Words } from './words';
import { fill, namesOf } from './words';

export interface Tools {
  desk: Desk;
  typing: Typing;
  actions: Actions;
  drags: Drags;
  show: (above: Above | null) => void;
  /** The menu of a place, or of the map, below an element or at the mouse. */
  openMenu: (at: At | null, where: Element | MouseEvent) => void;
  use: (tool: 'undo' | 'redo' | 'find' | 'help') => void;
}

export function menuAt(tools: Tools, at: At): Entry[] {
  return at[0] < 0
    ? stageMenu(tools, at)
    : at[1] < 0
      ? laneMenu(tools, at)
      : cellMenu(tools, at);
}

export function hasSteps(desk: Desk, stage: Stage): boolean {
  return !!desk.document.stages?.some(
    ({ parent_id }) => parent_id === stage.id
  );
}

/** Fold a stage's sub-steps away, or show them again; this is a way of looking, no edit. */
export function fold(desk: Desk, stage: Stage): void {
  const { folded } = desk.looks;
  const others = folded.filter(id => id !== stage.id);
  desk.look({
    folded: others.length < folded.length ? others : [...folded, stage.id]
  });
}

function stageMenu({ desk, actions }: Tools, at: At): Entry[] {
  const { words, document, looks } = desk;
  const stage = desk.stageAt(at);
  const all = document.stages ?? [];
  const index = all.findIndex(it => it.id === stage.id);
  // A new sub-step comes behind those there are.
  const last = Math.max(
    index,
    ...all.map((it, at) => (it.parent_id === stage.id ? at : 0))
  );
  const near = {
    group: stage.group ?? '',
    parent_id: stage.parent_id ?? null
  };
  const folding: Entry[] = hasSteps(desk, stage)
    ? [
        {
          label: looks.folded.includes(stage.id)
            ? words.expand
            : words.collapse,
          act: () => fold(desk, stage)
        }
      ]
    : [];
  return [
    ...folding,
    ...(desk.isReadOnly
      ? []
      : [
          ...common(words, actions, at, [words.to_left, words.to_right]),
          {
            label: words.insert_before,
            isApart: true,
            act: () => actions.insert('stages', index, near)
          },
          {
            label: words.insert_after,
            act: () => actions.insert('stages', index + 1, near)
          },
          {
            label: words.insert_step,
            act: () =>
              actions.insert('stages', last + 1, {
                ...near,
                parent_id: stage.id
              })
          },
          ...removal(words, actions, at)
        ])
  ];
}

function laneMenu(tools: Tools, at: At): Entry[] {
  const { desk, actions } = tools;
  const { words, document } = desk;
  const lane = desk.laneAt(at);
  if (desk.isReadOnly) {
    return [];
  }
  const index = (document.lanes ?? []).findIndex(it => it.id === lane.id);
  const isFilled = document.cells?.some(cell => cell.lane_id === lane.id);
  const set = (fields: Partial<Row>) => () =>
    actions.set('lanes', lane.id, fields);
  const insert = (label: string, where: number, isApart = false): Entry => ({
    label,
    isApart,
    entries: kindEntries(tools, fields =>
      actions.insert('lanes', where, fields)
    )
  });
  const hasOptions = lane.kind === 'choice' || lane.kind === 'chips';
  return [
    ...common(words, actions, at, [words.to_top, words.to_bottom]),
    insert(words.insert_above, index, true),
    insert(words.insert_below, index + 1),
    {
      label: lane.locked ? words.unlock : words.lock,
      isApart: true,
      act: set({ locked: !lane.locked })
    },
    { label: words.hide, act: set({ hidden: true }) },
    {
      label: words.line_below,
      entries: [null, ...namesOf(words.lines)].map(line => ({
        label: line === null ? words.no_line : words.lines[line],
        isChecked: (lane.line_after ?? null) === line,
        act: set({ line_after: line })
      }))
    },
    {
      label: words.kind,
      // What stands in its cells wouldn't suit another kind.
      isDisabled: isFilled,
      entries: kindEntries(
        tools,
        fields => set({ refers_to: null, options: [], ...fields })(),
        lane
      )
    },
    ...(hasOptions
      ? [
          {
            label: words.choices,
            act: () =>
              tools.show({
                shows: 'question',
                options: lane.options ?? [],
                used: usedIn(tools, lane),
                keep: options => set({ options })()
              })
          }
        ]
      : []),
    ...removal(words, actions, at)
  ];
}

function common(
  words: Words,
  actions: Actions,
  at: At,
  [before, after]: [string, string]
): Entry[] {
  const keys = at[0] < 0 ? ['Alt+←', 'Alt+→'] : ['Alt+↑', 'Alt+↓'];
  return [
    { label: words.rename, keys: 'F2', act: () => actions.rename(at) },
    { label: words.duplicate, act: () => actions.duplicate(at) },
    { label: before, keys: keys[0], act: () => actions.shift(at, -1) },
    { label: after, keys: keys[1], act: () => actions.shift(at, 1) }
  ];
}

function removal(words: Words, actions: Actions, at: At): Entry[] {
  const act = () => actions.remove(at);
  return [{ label: words.remove, keys: 'Del', isApart: true, act }];
}

function cellMenu(tools: Tools, at: At): Entry[] {
  const { desk, typing, actions } = tools;
  const { words } = desk;
  const { lane, isFilled, evidence: present } = desk.seen(at);
  const cards = cardEntries(tools, at);
  if (!desk.isEditable(at)) {
    return cards;
  }
  const hasTarget = lane.kind === 'score' || lane.kind === 'metric';
  const target = {
    label: words.set_target,
    act: () => typing.openTarget(at)
  };
  return [
    { label: words.edit_cell, keys: 'F2', act: () => typing.open(at) },
    { label: words.empty_cells, keys: 'Del', act: typing.empty },
    ...(hasTarget ? [target] : []),
    {
      label: words.evidence,
      isApart: true,
      isDisabled: !isFilled,
      entries: namesOf(words.evidences).map(evidence => ({
        label: words.evidences[evidence],
        isChecked: present === evidence,
        act: () => actions.evidence(evidence)
      }))
    },
    ...cards
  ];
}

function cardEntries({ desk, show }: Tools, at: At): Entry[] {
  const seen = desk.seen(at);
  const { lane, value } = seen;
  if (lane.kind !== 'reference' || !Array.isArray(value)) {
    return [];
  }
  const names = itemsOf(seen);
  return value.map((id, index) => ({
    label: fill(desk.words.card, { name: names[index] }),
    isApart: index === 0,
    act: () => show({ shows: 'card', kind: lane.refers_to as Collection, id })
  }));
}

/** What concerns the map as a whole. */
export function mapMenu(tools: Tools): Entry[] {
  const { desk, actions } = tools;
  const { words, document, looks, view } = desk;
  const count = (axis: 'stages' | 'lanes') => document[axis]?.length ?? 0;
  const hidden = (document.lanes ?? []).filter(lane => lane.hidden);
  const personas = document.personas ?? [];
  const whose = (value: string | null, label: string): Entry => ({
    label,
    isChecked: !looks.bands && looks.persona === value,
    act: () => desk.look({ persona: value, bands: false })
  });
  const people: Entry = {
    label: words.persona,
    entries: [
      whose(null, words.everyone),
      ...personas.map(({ id, name }) => whose(id, name)),
      {
        label: words.bands,
        isChecked: looks.bands,
        act: () => desk.look({ bands: true })
      }
    ]
  };
  const structure: Entry[] = [
    {
      label: words.new_stage,
      act: () => actions.insert('stages', count('stages'))
    },
    {
      label: words.new_lane,
      entries: kindEntries(tools, fields =>
        actions.insert('lanes', count('lanes'), fields)
      )
    },
    ...hidden.map((lane, index) => ({
      label: fill(words.show_lane, { name: lane.name }),
      isApart: index === 0,
      act: () => actions.set('lanes', lane.id, { hidden: false })
    }))
  ];
  const parents = view.stages.filter(stage => hasSteps(desk, stage));
  const folding: Entry[] = parents.length
    ? [
        {
          label: looks.folded.length ? words.expand : words.collapse,
          isApart: true,
          act: () =>
            desk.look({
              folded: looks.folded.length ? [] : parents.map(({ id }) => id)
            })
        }
      ]
    : [];
  return [
    ...(personas.length ? [people] : []),
    ...folding,
    ...(desk.isReadOnly ? [] : structure)
  ];
}
