/** The kinds a lane can have, as a menu. */
import type { Lane, Row } from '../store/types';
import type { Entry } from './menu';
import type { Tools } from './menus';
import { namesOf } from './words';

/** Choose a kind, and with it what a reference refers to or what a choice offers. */
export function kindEntries(
  { desk: { words }, show }: Tools,
  take: (fields: Partial<Row>) => void,
  lane?: Lane
): Entry[] {
  return namesOf(words.kinds).map((kind): Entry => {
    const about = {
      label: words.kinds[kind],
      isChecked: lane && lane.kind === kind
    };
    switch (kind) {
      case 'reference':
        return {
          ...about,
          entries: namesOf(words.records).map(refers_to => ({
            label: words.records[refers_to],
            isChecked: lane && lane.refers_to === refers_to,
            act: () => take({ kind, refers_to })
          }))
        };
      case 'choice':
        return {
          ...about,
          act: () =>
            show({
              shows: 'question',
              options: lane?.options ?? [],
              used: [],
              keep: options => take({ kind, options })
            })
        };
      default:
        return { ...about, act: () => take({ kind }) };
    }
  });
}

/** The values that cells of a lane hold already. */
export function usedIn({ desk }: Tools, lane: Lane): string[] {
  return (desk.document.cells ?? [])
    .filter(cell => cell.lane_id === lane.id && lane.kind === 'choice')
    .map(cell => String(cell.value));
}
