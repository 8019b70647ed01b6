import { frameWords } from '../generated/frame_words';

export const words = frameWords.en;

export type Words = typeof words;

/** Put the fields into a template such as "Saved: {cell}". */
export function fill(
  template: string,
  fields: Record<string, string | number>
): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in fields ? String(fields[name]) : whole
  );
}

export const counted = (count: number) => count.toLocaleString('en');
