import type { Lane } from '../store/types';
import type { Channel } from './channels';
import { signs } from './signs';

/** A lane's sign: its own where the catalogue knows the lane, else that of its kind. */
export function Icon({ lane }: { lane: Lane }) {
  const ofLanes: Record<string, string> = signs.icons;
  return (
    <svg class="jj-icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={ofLanes[lane.id] ?? signs.kind_icons[lane.kind]} />
    </svg>
  );
}

/** A known channel's sign; anything else has a dot. */
export function ChannelIcon({ channel }: { channel: Channel | undefined }) {
  const path = channel ? signs.channels[channel].icon : 'M12 12h.01';
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
