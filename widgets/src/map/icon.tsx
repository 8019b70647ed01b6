import * as theme from '../generated/theme';
import type { Lane } from '../store/types';

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
