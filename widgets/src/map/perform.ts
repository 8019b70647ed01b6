/** What follows from a key. */
import type { Intent } from './keys';
import { isHeading } from './keys';
import type { Tools } from './menus';
import { plural } from './words';

export function perform(intent: Intent, tools: Tools): void {
  const { desk, typing, actions } = tools;
  const { at, isReadOnly } = desk;
  const isOfHeading = isHeading(at);
  switch (intent.do) {
    case 'go':
      return go(intent, tools);
    case 'all':
      return isOfHeading
        ? undefined
        : desk.select([0, 0], [desk.size.rows - 1, desk.size.columns - 1]);
    case 'find':
    case 'help':
      return tools.use(intent.do);
    case 'menu': {
      return tools.openMenu(at, desk.elementAt(at) as Element);
    }
  }
  if (isReadOnly) {
    return;
  }
  switch (intent.do) {
    case 'edit':
      return isOfHeading ? actions.rename(at) : typing.open(at, intent.text);
    case 'empty':
      return isOfHeading ? actions.remove(at) : typing.empty();
    case 'drop':
      return typing.draftAt(at) && typing.drop(at);
    case 'shift':
      return isOfHeading ? actions.shift(at, intent.by) : undefined;
    case 'raise':
      return isOfHeading
        ? undefined
        : actions.raise(at, intent.by, intent.isTarget ? 'target' : 'value');
    default:
      return tools.use(intent.do);
  }
}

function go(intent: Extract<Intent, { do: 'go' }>, { desk }: Tools): void {
  const to = [intent.row, intent.column] as const;
  const isRange = intent.isRange && !isHeading(to);
  desk.go(to, isRange);
  if (isRange) {
    const [row, column] = desk.anchor;
    const count = (Math.abs(to[0] - row) + 1) * (Math.abs(to[1] - column) + 1);
    const { selected, language } = desk.words;
    desk.say(plural(selected, count, language));
  }
}
