import type { words as byLanguage } from '../generated/words';

export { fill, plural } from '../words';

/** What a map says itself, and in which language. */
export type Words = (typeof byLanguage)['en'] & { language: string };

const known = new Map<string, Words>();

/** What a host tells the maps it shows: a widget needs one language, not all there are. */
export function learn(words: object): void {
  for (const [language, its] of Object.entries(words)) {
    known.set(language, { ...its, language } as Words);
  }
}

/** The map's words in a journey's language; English where there are none. */
export function wordsOf(language = 'en'): Words {
  return known.get(language) ?? (known.get('en') as Words);
}

/** The names that these words are for, in their order. */
export function namesOf<T extends object>(words: T): (keyof T)[] {
  return Object.keys(words) as (keyof T)[];
}
