import type { frameWords } from '../generated/frame_words';

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

/** Put the fields into a template such as "Saved: {cell}". */
export function fill(
  template: string,
  fields: Record<string, string | number>
): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in fields ? String(fields[name]) : whole
  );
}

export function counted(count: number, { language }: Voice): string {
  return count.toLocaleString(language);
}
