/** What is wrong with a text, and what became of one that wasn't kept. */
import { fromText, toText } from '../store/cells';
import type { Draft, State } from '../store/store';
import type { Journey, Lane, Place, Stage, Value } from '../store/types';
import { cellAt } from '../store/types';
import type { Words } from './words';
import { fill } from './words';

export type Field = 'name' | 'value' | 'target';

interface Subject {
  lane: Lane | undefined;
  stage: Stage | undefined;
  place: Place;
  isGone: boolean;
}

/** What a draft's key means in a document. */
function subjectOf(document: Journey, key: string): Subject {
  const [lane_id, stage_id, persona_id] = JSON.parse(key) as string[];
  const lane = document.lanes?.find(({ id }) => id === lane_id);
  const stage = document.stages?.find(({ id }) => id === stage_id);
  return {
    ...{ lane, stage, place: { lane_id, stage_id, persona_id } },
    isGone:
      (!lane && !stage) ||
      (!lane && lane_id !== null) ||
      (!stage && stage_id !== null)
  };
}

/** What a field of a cell or heading holds. */
export function held(document: Journey, key: string, field: string): Value {
  const { lane, stage, place } = subjectOf(document, key);
  return field === 'name'
    ? ((lane ?? stage)?.name ?? null)
    : (cellAt(document, place)?.[field as 'value'] ?? null);
}

/** Why a text can't be what the field holds; empty if it can. */
export function flawOf(
  document: Journey,
  words: Words,
  key: string,
  field: string,
  text: string
): string {
  const { lane, stage } = subjectOf(document, key);
  if (field !== 'name') {
    const typed = fromText(text, lane as Lane, document);
    return 'flaw' in typed ? fill(words[typed.flaw], typed.fields) : '';
  }
  const name = text.trim();
  const own = lane ?? stage;
  const others = (lane ? document.lanes : document.stages) ?? [];
  return !name
    ? words.needs_title
    : others.some(it => it.name === name && it.id !== own?.id)
      ? fill(words.needs_other, { name })
      : '';
}

/** That another changed what is being edited, and to what. */
export function conflictOf(
  document: Journey,
  words: Words,
  key: string,
  field: string
): string {
  const { lane } = subjectOf(document, key);
  const value = toText(held(document, key, field), lane, document);
  return fill(words.conflict, { value: value || words.empty });
}

/** Why a draft isn't kept. */
export function complaintOf(
  document: Journey,
  words: Words,
  key: string,
  { field, text, reason }: Draft
): string {
  const isGone = subjectOf(document, key).isGone;
  return (
    (!isGone && text !== null && flawOf(document, words, key, field, text)) ||
    (reason && fill(words.refused, { reason })) ||
    (isGone
      ? [words.gone, text].join(' ')
      : conflictOf(document, words, key, field))
  );
}

/** Why the last edit was refused; of a cell with its name, as others are shown elsewhere. */
export function refusalOf(
  { document, drafts, refusal }: State,
  words: Words
): { said: string; isOfCell: boolean } {
  if (!refusal) {
    return { said: '', isOfCell: false };
  }
  const { key, reason } = refusal;
  const { lane, stage } = subjectOf(document, key);
  const draft = drafts.get(key) ?? { field: '', text: null, reason };
  const value = complaintOf(document, words, key, draft);
  return lane && stage
    ? {
        said: fill(words.cell, { lane: lane.name, stage: stage.name, value }),
        isOfCell: true
      }
    : { said: value, isOfCell: false };
}
