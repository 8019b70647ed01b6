import * as theme from '../generated/theme';
import type { Lane } from '../store/types';
import type { Channel } from './channels';

const OF_LANES: Record<string, string> = theme.icons;
const OF_KINDS: Record<string, string> = theme.kind_icons;

/** A lane's sign: its own where the catalogue knows the lane, else that of its kind. */
export function Icon({ lane }: { lane: Lane }) {
  return (
    <svg class="jj-icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={OF_LANES[lane.id] ?? OF_KINDS[lane.kind]} />
    </svg>
  );
}

/** A known channel's sign; anything else has a dot. */
export function ChannelIcon({ channel }: { channel: Channel | undefined }) {
  const path = channel ? theme.channels[channel].icon : 'M12 12h.01';
  return (
    <svg
      class={channel ? 'jj-sign' : 'jj-sign jj-dotted'}
      viewBox="0 0 24 24"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
}
