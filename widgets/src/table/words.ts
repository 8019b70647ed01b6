import type { frameWords } from '../generated/frame_words';
import type { Forms } from '../words';
import { plural } from '../words';

export { fill, plural } from '../words';

/** What a table says itself. */
export type Words = (typeof frameWords)['en'];

/** A language, and a table's words in it: Python knows them all, a table is told one. */
export interface Voice {
  readonly language: string;
  readonly words: Words;
}

export function voiceOf(told: Record<string, object>): Voice {
  const [[language, words]] = Object.entries(told);
  return { language, words: words as Words };
}

export function counted(count: number, { language }: Voice): string {
  return count.toLocaleString(language);
}

/** Say how large a block is, in the form for the number of its cells. */
export function sized(
  forms: Forms,
  [rows, columns]: readonly [number, number],
  voice: Voice
): string {
  return plural(forms, rows * columns, voice.language, {
    rows: counted(rows, voice),
    columns: counted(columns, voice)
  });
}
