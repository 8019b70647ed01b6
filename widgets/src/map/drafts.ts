/** What is wrong with a text, and what became of one that wasn't kept. */
import { fromText, toText } from '../store/cells';
import type { Draft, State } from '../store/store';
import type { Journey, Lane, Stage, Value } from '../store/types';
import { cellAt } from '../store/types';
import type { Words } from './words';
import { fill } from './words';

export type Field = 'name' | 'value' | 'target';

/** A cell or a heading, for whoever writes into it. */
export interface Subject {
  lane: Lane | undefined;
  stage: Stage | undefined;
  /** What a field of it holds. */
  held: (field: string) => Value;
  /** Why a text can't be what the field holds; empty if it can. */
  flawOf: (field: string, text: string) => string;
  /** That another changed the field, and to what. */
  conflictOf: (field: string) => string;
  /** Why a draft isn't kept. */
  complaintOf: (draft: Draft) => string;
}

/** What the key of a draft stands for. */
export function subjectOf(
  document: Journey,
  words: Words,
  key: string
): Subject {
  const [lane_id, stage_id, persona_id] = JSON.parse(key) as string[];
  const lane = document.lanes?.find(({ id }) => id === lane_id);
  const stage = document.stages?.find(({ id }) => id === stage_id);
  const isGone = (!lane && lane_id !== null) || (!stage && stage_id !== null);
  const held = (field: string) =>
    field === 'name'
      ? ((lane ?? stage)?.name ?? null)
      : (cellAt(document, { lane_id, stage_id, persona_id })?.[
          field as 'value'
        ] ?? null);
  const flawOf = (field: string, text: string) => {
    if (field !== 'name') {
      const typed = fromText(text, lane as Lane, document, words.called);
      return 'flaw' in typed ? fill(words[typed.flaw], typed.fields) : '';
    }
    const name = text.trim();
    const own = lane ?? stage;
    const all = (lane ? document.lanes : document.stages) ?? [];
    return !name
      ? words.needs_title
      : all.some(it => it.name === name && it !== own)
        ? fill(words.needs_other, { name })
        : '';
  };
  const conflictOf = (field: string) =>
    fill(words.conflict, {
      value: toText(held(field), lane, document, words.called) || words.empty
    });
  return {
    ...{ lane, stage, held, flawOf, conflictOf },
    complaintOf: ({ field, text, reason }) =>
      text === null
        ? fill(words.refused, { reason })
        : isGone
          ? `${words.gone} ${text}`
          : flawOf(field, text) ||
            (reason ? fill(words.refused, { reason }) : conflictOf(field))
  };
}

/** Why the last edit was refused; of a cell with its name, as that says so itself, too. */
export function refusalOf(
  { document, drafts, refusal }: State,
  words: Words
): { said: string; isOfCell: boolean } {
  if (!refusal) {
    return { said: '', isOfCell: false };
  }
  const { key, reason } = refusal;
  const { lane, stage, complaintOf } = subjectOf(document, words, key);
  const value = complaintOf(
    drafts.get(key) ?? { field: '', text: null, reason }
  );
  const isOfCell = lane !== undefined && stage !== undefined;
  return {
    said: isOfCell
      ? fill(words.cell, { lane: lane.name, stage: stage.name, value })
      : value,
    isOfCell
  };
}
