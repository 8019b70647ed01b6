/** Colours, signs of lanes, kinds, channels and tools, which lanes have a tone or quote somebody. */
import type * as theme from '../generated/theme';
import type { Theme } from './host';

type Signs = Pick<
  typeof theme,
  | 'light'
  | 'dark'
  | 'icons'
  | 'kind_icons'
  | 'channels'
  | 'tools'
  | 'tones'
  | 'quoted'
>;

/** Whatever the host has told; a widget hears it from Python, which holds it already. */
export const signs = {} as Signs;

export function learnSigns(given: object): void {
  Object.assign(signs, given);
}

/** A theme's colours as the properties that the style sheet uses, and of fields and scroll bars. */
export function coloursOf(theme: Theme): Record<string, string> {
  const { chips, ...own } = signs[theme];
  const named = [
    ...Object.entries(own),
    ...chips.flatMap(({ fill, text }, at) => [
      [`chip${at}`, fill],
      [`chip${at}-text`, text]
    ])
  ];
  return {
    'color-scheme': theme,
    ...Object.fromEntries(named.map(([name, it]) => [`--jj-${name}`, it]))
  };
}
