/** The signs of lanes, kinds, channels and tools, and which lanes have a tone or quote somebody. */
import type * as theme from '../generated/theme';

type Signs = Pick<
  typeof theme,
  'icons' | 'kind_icons' | 'channels' | 'tools' | 'tones' | 'quoted'
>;

/** Whatever the host has told; a widget hears it from Python, which holds it already. */
export const signs = {} as Signs;

export function learnSigns(given: object): void {
  Object.assign(signs, given);
}
