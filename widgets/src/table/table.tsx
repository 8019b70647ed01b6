/** The frame editor: a grid that is walked through by keys and edited in place. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

import { fieldAt } from './actions';
import type { Editing } from './body';
import { Body } from './body';
import { Help } from '../keys/dialog';
import type { Desk } from './commands';
import * as commands from './commands';
import { Head } from './head';
import type { FrameHost } from './host';
import type { At } from './keys';
import { intentOf } from './keys';
import { Menu } from './menu';
import type { Open } from './menu';
import { atOf, useMouse } from './mouse';
import { Toolbar } from './toolbar';
import { useCursor } from './use_cursor';
import { useResize } from './use_resize';
import { ROW, useView, useWindow } from './use_view';
import { fill, plural } from './words';

const MENU_WIDTH = 260;

export function FrameTable({ host }: { host: FrameHost }) {
  const [, repaint] = useState(0);
  // At once: a change before the next frame would be missed.
  useLayoutEffect(() => host.on(() => repaint(count => count + 1)), [host]);
  const root = useRef<HTMLDivElement>(null);
  const scroll = useRef<HTMLDivElement>(null);
  const [editing, setEditing] = useState<Editing | null>(null);
  const [open, setOpen] = useState<Open | null>(null);
  const [isHelping, setHelping] = useState(false);
  const [said, setSaid] = useState('');
  // The same said twice is heard once, unless the text differs.
  const say = (text: string) =>
    setSaid(before => (text && text === before ? `${text}\u00a0` : text));
  const { words, language } = host.voice;

  const { widths, resize } = useResize(host);
  const view = useView(host, widths);
  const { grid } = view;
  const cursor = useCursor(root, view.last, editing !== null || open !== null);
  const { active, area, go } = cursor;
  // What was said is of the cell before.
  const leave: typeof go = (...to) => {
    say('');
    go(...to);
  };
  const inSight = useWindow(scroll, view, active);
  const { status, refusal, rows } = grid.state;
  const isReadOnly = host.readOnly || status === 'disconnected';
  const desk: Desk = {
    host,
    view,
    cursor,
    isReadOnly,
    editing,
    setEditing,
    say
  };
  useEffect(() => {
    if (refusal) {
      say(fill(words.refused, { reason: refusal.reason }));
    }
  }, [refusal]);

  useEffect(() => {
    if (editing && !(rows.has(editing.key) && fieldAt(grid, editing.column))) {
      commands.leave(desk);
    }
  });

  const showMenu = (at: At, element: HTMLElement) => {
    const [box, frame] = [element, root.current ?? element].map(item =>
      item.getBoundingClientRect()
    );
    const x = Math.max(
      0,
      Math.min(box.left - frame.left, frame.width - MENU_WIDTH)
    );
    // A menu speaks of the row it was opened at, unless that is one of several chosen.
    if (at.row >= 0 && (at.row < area.top || at.row > area.bottom)) {
      cursor.choose(at);
    }
    setOpen({ at, x, y: box.bottom - frame.top });
  };
  const closeMenu = (isFocusKept: boolean) => {
    setOpen(null);
    if (open && isFocusKept) {
      go(open.at, open.at.row >= area.top && open.at.row <= area.bottom);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const cell = event.target as HTMLElement;
    if (editing || event.isComposing || !cell.dataset.at) {
      return;
    }
    const page = Math.max(
      1,
      Math.floor((scroll.current?.clientHeight ?? 0) / ROW) - 2
    );
    const size = { rows: grid.keys.length, columns: grid.columns.length, page };
    press(desk, event, size, {
      go: leave,
      menu: () => showMenu(active, cell),
      help: () => setHelping(true)
    });
  };
  const mouse = useMouse({
    onGo: leave,
    onOpen: to => commands.begin(desk, to),
    onSort: place => commands.sortBy(desk, place),
    setAnchor: cursor.setAnchor,
    isEditing: editing !== null,
    active,
    last: view.last
  });
  const onContextMenu = (event: MouseEvent) => {
    const cell = (event.target as Element).closest<HTMLElement>('[data-at]');
    if (cell && !editing) {
      event.preventDefault();
      // The notebook has a menu of its own for this click.
      event.stopPropagation();
      showMenu(atOf(cell), cell);
    }
  };
  return (
    <div
      class="jf"
      ref={root}
      data-theme={host.theme()}
      data-open={open ? '' : undefined}
      lang={language}
    >
      <Toolbar
        {...{ host, grid, isReadOnly, said }}
        onTurn={which => commands.turn(desk, which)}
        onAdd={() => commands.insert(desk, 'end')}
        onHelp={() => setHelping(true)}
      />
      <div
        class="jf-scroll"
        data-scrolled={inSight.isScrolled ? '' : undefined}
        ref={scroll}
        style={{ '--jf-covered': `${view.covered}px` }}
      >
        <div
          role="grid"
          class="jf-grid"
          aria-label={fill(words.grid, {
            rows: plural(words.rows, rows.size, language),
            columns: plural(words.columns, grid.columns.length, language)
          })}
          aria-rowcount={grid.keys.length + 1}
          aria-colcount={grid.columns.length + 1}
          aria-multiselectable="true"
          aria-readonly={isReadOnly}
          style={{
            width: `${view.total}px`,
            '--jf-columns': [view.labels, ...view.widths]
              .map(width => `${width}px`)
              .join(' ')
          }}
          onKeyDown={onKeyDown}
          onCopy={event => commands.copy(desk, event)}
          onCut={event => commands.copy(desk, event)}
          onPaste={event => commands.paste(desk, event)}
          onContextMenu={onContextMenu}
          {...mouse}
        >
          <Head
            {...{ host, active }}
            fields={grid.state.about.columns}
            columns={grid.columns}
            inSight={inSight.columnsInSight}
            widths={view.widths}
            frozenAt={view.frozenAt}
            corner={grid.state.about.index.label}
            onMenu={(column, element) => showMenu({ row: -1, column }, element)}
            onMove={(from, to) => commands.moveColumn(desk, from, to)}
            onResize={resize}
          />
          <Body
            {...{ grid, active, area, editing, isReadOnly }}
            {...inSight}
            frozenAt={view.frozenAt}
            onCommit={(text, move) => commands.commit(desk, text, move)}
            onCancel={() => commands.cancel(desk)}
          />
        </div>
      </div>
      {open && <Menu desk={desk} open={open} onClose={closeMenu} />}
      {isHelping && (
        <Help
          look="jf"
          title={words.help}
          close={words.close}
          keys={words.keys_help}
          onClose={() => {
            setHelping(false);
            go(active);
          }}
        />
      )}
    </div>
  );
}

function press(
  desk: Desk,
  event: KeyboardEvent,
  size: Parameters<typeof intentOf>[2],
  show: { go: Desk['cursor']['go']; menu: () => void; help: () => void }
): void {
  const { cursor, view } = desk;
  const intent = intentOf(event, cursor.active, size);
  if (!intent) {
    return;
  }
  // A first key of an input method belongs to the field that opens.
  if (!(intent.do === 'edit' && intent.text === '')) {
    event.preventDefault();
  }
  const isHead = cursor.active.row < 0;
  switch (intent.do) {
    case 'go':
      return show.go(intent.at, intent.extends);
    case 'all':
      cursor.setAnchor(view.last);
      return cursor.go({ row: 0, column: 0 }, true);
    case 'menu':
    case 'help':
      return show[intent.do]();
    case 'undo':
    case 'redo':
      return commands.turn(desk, intent.do);
    case 'insert':
      return isHead ? undefined : commands.insert(desk, intent.where);
    case 'delete':
      return commands.remove(desk);
    case 'empty':
      return commands.empty(desk);
    case 'toggle':
      return isHead ? undefined : commands.toggle(desk);
    case 'edit':
      if (isHead && intent.text === undefined && cursor.active.column >= 0) {
        return commands.sortBy(desk, cursor.active.column);
      }
      return commands.begin(desk, cursor.active, intent.text);
  }
}
