import { useState } from 'preact/hooks';

/** An element id of its own: several maps, of several bundles, may stand on one page. */
export function useUniqueId(): string {
  return useState(() => `jj-${Math.random().toString(36).slice(2)}`)[0];
}
