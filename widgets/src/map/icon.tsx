import type { Lane } from '../store/types';
import type { Channel } from './channels';
import { signs } from './signs';

/** A sign drawn by one path. */
export function Sign(props: { path: string; class?: string }) {
  return (
    <svg
      class={props.class ?? 'jj-icon'}
      viewBox="0 0 24 24"
      aria-hidden="true"
    >
      <path d={props.path} />
    </svg>
  );
}

/** A lane's sign: its own where the catalogue knows the lane, else that of its kind. */
export function Icon({ lane }: { lane: Lane }) {
  const ofLanes: Record<string, string> = signs.icons;
  return <Sign path={ofLanes[lane.id] ?? signs.kind_icons[lane.kind]} />;
}

/** A known channel's sign; anything else has a dot. */
export function ChannelIcon({ channel }: { channel: Channel | undefined }) {
  return channel ? (
    <Sign class="jj-sign" path={signs.channels[channel].icon} />
  ) : (
    <Sign class="jj-sign jj-dotted" path="M12 12h.01" />
  );
}
