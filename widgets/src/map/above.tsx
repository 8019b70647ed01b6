/** What stands above the map, one at a time: a menu, a card, the help, the values of a lane. */
import type { Collection } from '../store/types';
import type { Question } from './choices';
import { Choices } from './choices';
import { Card, Help } from './dialog';
import type { At } from './keys';
import { isHeading } from './keys';
import { Menu } from './menu';
import type { Tools } from './menus';
import { mapMenu, menuAt } from './menus';
import type { Desk } from './desk';
import { fill } from './words';

export type Above =
  | { shows: 'menu'; at: At | null; x: number; y: number }
  | { shows: 'card'; kind: Collection; id: string }
  | ({ shows: 'question' } & Question)
  | { shows: 'help' };

export function Overlay({ tools, above }: { tools: Tools; above: Above }) {
  const { desk } = tools;
  const { view, words } = desk;
  const onClose = () => {
    desk.become({ above: null });
    if (desk.size.rows) {
      desk.go(desk.at);
    }
  };
  switch (above.shows) {
    case 'menu': {
      const { at, x, y } = above;
      const entries = at ? menuAt(tools, at) : mapMenu(tools);
      return entries.length ? (
        <Menu {...{ entries, x, y, onClose }} label={menuLabel(desk, at)} />
      ) : null;
    }
    case 'card':
      return <Card {...{ view, onClose }} kind={above.kind} id={above.id} />;
    case 'question':
      return <Choices {...{ words, onClose }} id={desk.id} question={above} />;
    case 'help':
      return <Help {...{ words, onClose }} />;
  }
}

function menuLabel(desk: Desk, at: At | null): string {
  const { words } = desk;
  if (!at) {
    return words.more;
  }
  if (isHeading(at)) {
    return fill(words.menu_of, { name: desk.nameAt(at) });
  }
  const name = `${desk.laneAt(at).name}, ${desk.stageAt(at).name}`;
  return fill(words.menu_cell, { name });
}
