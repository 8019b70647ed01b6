/** The channels that have a sign and a colour of their own. */
import type { channels as signs } from '../generated/theme';
import type { Words } from './words';

export type Channel = keyof typeof signs;

/** Which known channel a chip means, if any. */
export function channelOf(
  chip: string,
  { channels }: Words
): Channel | undefined {
  const said = chip.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ');
  return (Object.keys(channels) as Channel[]).find(channel =>
    channels[channel].some(word => ` ${said.trim()} `.includes(` ${word} `))
  );
}
