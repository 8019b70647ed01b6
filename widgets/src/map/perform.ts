/** What follows from a key. */
import type { At, Intent } from './keys';
import type { Tools } from './menus';
import { fill } from './words';

interface Panels {
  menu: (at: At, x: number, y: number) => void;
  show: (panel: 'find' | 'help') => void;
}

export function perform(intent: Intent, tools: Tools, panels: Panels): void {
  const { desk, typing, actions } = tools;
  const { at, isReadOnly } = desk;
  const isHeading = at[0] < 0 || at[1] < 0;
  switch (intent.do) {
    case 'go':
      return go(intent, tools);
    case 'all':
      return isHeading
        ? undefined
        : desk.select([0, 0], [desk.size.rows - 1, desk.size.columns - 1]);
    case 'find':
    case 'help':
      return panels.show(intent.do);
    case 'menu': {
      const box = desk.root.current
        ?.querySelector(`[data-at="${at.join(',')}"]`)
        ?.getBoundingClientRect();
      return panels.menu(at, (box?.left ?? 0) + 16, (box?.bottom ?? 0) - 8);
    }
  }
  if (isReadOnly) {
    return;
  }
  switch (intent.do) {
    case 'edit':
      return isHeading ? actions.rename(at) : typing.open(at, intent.text);
    case 'empty':
      return isHeading ? actions.remove(at) : typing.empty();
    case 'drop':
      return typing.draftAt(at) && typing.drop(at);
    case 'shift':
      return isHeading ? actions.shift(at, intent.by) : undefined;
    case 'raise':
      return isHeading
        ? undefined
        : actions.raise(at, intent.by, intent.isTarget ? 'target' : 'value');
    default:
      return desk.host[intent.do]?.();
  }
}

function go(intent: Extract<Intent, { do: 'go' }>, { desk }: Tools): void {
  const to = [intent.row, intent.column] as const;
  const isRange = intent.isRange && to[0] >= 0 && to[1] >= 0;
  desk.go(to, isRange);
  if (isRange) {
    const [row, column] = desk.anchor;
    const count = (Math.abs(to[0] - row) + 1) * (Math.abs(to[1] - column) + 1);
    desk.say(fill(desk.words.selected, { count }));
  }
}
