import { words as byLanguage } from '../generated/words';

export type Words = (typeof byLanguage)['en'];

/** The map's words in a journey's language; English where there are none. */
export function wordsOf(language: string | undefined): Words {
  const known = byLanguage as unknown as Record<string, Words>;
  return known[language ?? 'en'] ?? byLanguage.en;
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
