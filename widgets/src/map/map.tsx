/** The map: a grid of lanes and stages that is walked through by keys and edited in place. */
import { useState } from 'preact/hooks';

import type { Collection } from '../store/types';
import { actionsOf } from './actions';
import { MapCell } from './cell';
import type { Question } from './choices';
import { Choices } from './choices';
import { read, written } from '../store/blocks';
import { same } from '../store/defaults';
import { Card, Help } from './dialog';
import { refusalOf } from './drafts';
import type { Host } from './host';
import type { At } from './keys';
import { intentOf, isHeading } from './keys';
import { Menu } from './menu';
import type { Tools } from './menus';
import { mapMenu, menuAt } from './menus';
import type { Tool } from './panels';
import { Find, Findings, Toolbar } from './panels';
import { perform } from './perform';
import { Head, LaneRow } from './rows';
import { coloursOf } from './signs';
import { useDrag } from './use_drag';
import { useEditing } from './use_editing';
import type { Desk } from './use_map';
import { cellsOf, useMap } from './use_map';
import { fill } from './words';

interface OpenMenu {
  at: At | null;
  x: number;
  y: number;
}

export function JourneyMap({ host }: { host: Host }) {
  const desk = useMap(host);
  const typing = useEditing(desk);
  const actions = actionsOf(desk, typing);
  const drags = useDrag(desk, actions);
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const [panel, setPanel] = useState<'find' | 'help' | null>(null);
  const [card, setCard] = useState<{ kind: Collection; id: string } | null>(
    null
  );
  const [question, ask] = useState<Question | null>(null);
  const [found, setFound] = useState<readonly At[]>([]);
  const { view, words, document, root, isReadOnly } = desk;

  const tools: Tools = {
    ...{ desk, typing, actions, ask },
    showCard: (kind, id) => setCard({ kind, id })
  };
  const entries = menu
    ? menu.at
      ? menuAt(tools, menu.at)
      : mapMenu(tools)
    : [];
  const openMenu = (at: At | null, x: number, y: number) => {
    if (at) {
      desk.arrive(at);
    }
    setMenu({ at, x, y });
  };
  const onTool = (tool: Tool, button: HTMLElement) => {
    const box = button.getBoundingClientRect();
    switch (tool) {
      case 'more':
        return openMenu(null, box.left, box.bottom + 2);
      case 'find':
      case 'help':
        return setPanel(tool);
      default:
        return host[tool]?.();
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const isOurs = (event.target as HTMLElement).dataset.at !== undefined;
    if (typing.editing || event.isComposing || !isOurs) {
      return;
    }
    const intent = intentOf(event, desk.at, desk.size);
    if (intent) {
      // An input method goes on with its key.
      if (event.keyCode !== 229) {
        event.preventDefault();
      }
      perform(intent, tools, {
        menu: openMenu,
        show: setPanel
      });
    }
  };
  const handles = { desk, typing, openMenu, ...drags };
  const findings = host.findings?.();
  return (
    <div
      class="jj-map"
      data-theme={host.theme()}
      style={coloursOf(host.theme())}
      lang={document.language ?? 'en'}
    >
      <Header desk={desk} onTool={onTool} />
      {panel === 'find' && (
        <Find
          {...{ desk, typing }}
          onFound={setFound}
          onClose={() => setPanel(null)}
        />
      )}
      <div class="jj-body">
        <div class="jj-scroll">
          <div
            ref={root}
            role="grid"
            class="jj-grid"
            tabIndex={-1}
            style={{ '--jj-count': view.stages.length }}
            aria-label={fill(words.map, { title: document.title })}
            aria-readonly={isReadOnly}
            aria-multiselectable="true"
            onKeyDown={onKeyDown}
            {...clipboardOf(tools)}
          >
            <Head {...{ view, handles }} />
            <div role="rowgroup">
              {view.rows.map((row, index) => (
                <LaneRow
                  key={`${row.view.persona} ${row.lane.id}`}
                  {...{ row, index, handles }}
                >
                  {view.stages.map((stage, column) => (
                    <MapCell
                      key={stage.id}
                      {...{ row, stage, handles, tools }}
                      at={[index, column]}
                      isFound={found.some(at => same(at, [index, column]))}
                    />
                  ))}
                </LaneRow>
              ))}
            </div>
          </div>
        </div>
        {findings && <Findings tools={tools} found={findings} />}
      </div>
      {menu && entries.length > 0 && (
        <Menu
          {...{ entries, x: menu.x, y: menu.y }}
          label={menuLabel(desk, menu.at)}
          onClose={() => {
            setMenu(null);
            if (desk.size.rows) {
              desk.go(desk.at);
            }
          }}
        />
      )}
      {panel === 'help' && (
        <Help words={words} onClose={() => close(desk, () => setPanel(null))} />
      )}
      {card && (
        <Card
          {...{ view, ...card }}
          onClose={() => close(desk, () => setCard(null))}
        />
      )}
      {question && (
        <Choices
          {...{ words, question }}
          onKeep={options => {
            ask(null);
            question.keep(options);
          }}
          onClose={() => close(desk, () => ask(null))}
        />
      )}
      <div role="status" class="jj-hidden">
        {desk.said}
      </div>
    </div>
  );
}

function close(desk: Desk, action: () => void): void {
  action();
  desk.go(desk.at);
}

function menuLabel(desk: Desk, at: At | null): string {
  const { words } = desk;
  if (!at) {
    return words.more;
  }
  if (isHeading(at)) {
    const { name } = desk.recordAt(at);
    return fill(words.menu_of, { name });
  }
  const name = `${desk.laneAt(at).name}, ${desk.stageAt(at).name}`;
  return fill(words.menu_cell, { name });
}

/** Copy, cut and paste, as the browser asks for them while a cell has the focus. */
function clipboardOf({ desk, typing }: Tools) {
  const ours =
    (act: (data: DataTransfer) => void) => (event: ClipboardEvent) => {
      if (!typing.editing && !isHeading(desk.at) && event.clipboardData) {
        event.preventDefault();
        act(event.clipboardData);
      }
    };
  const copy = (data: DataTransfer) => {
    const cells = cellsOf(desk.range);
    const { text, html } = written(cells.map(row => row.map(typing.textAt)));
    data.setData('text/plain', text);
    data.setData('text/html', html);
    desk.say(fill(desk.words.copied, { count: cells.flat().length }));
  };
  return {
    onCopy: ours(copy),
    onCut: ours(data => {
      copy(data);
      typing.empty();
    }),
    onPaste: ours(data => !desk.isReadOnly && typing.put(read(data)))
  };
}

interface HeaderProps {
  desk: Desk;
  onTool: (tool: Tool, button: HTMLElement) => void;
}

function Header({ desk, onTool }: HeaderProps) {
  const { document, words, looks } = desk;
  const names: Record<string, string> = words.mapTypes;
  const type = names[document.map_type ?? 'current-state'];
  const persona = looks.bands ? null : looks.persona;
  const who = document.personas?.find(({ id }) => id === persona)?.name;
  const status = notice(desk);
  return (
    <div class="jj-header">
      <p class="jj-title">{document.title}</p>
      <p class="jj-subtitle">{[type, who].filter(Boolean).join(' · ')}</p>
      <div class="jj-aside">
        {status && <p class="jj-notice">{status}</p>}
        <Toolbar {...{ desk, onTool }} />
      </div>
    </div>
  );
}

function notice({ words, host }: Desk): string {
  const state = host.get();
  const { status } = state;
  if (status === 'disconnected') {
    return words.disconnected;
  }
  if (host.readOnly) {
    return words.read_only;
  }
  const { said, isOfCell } = refusalOf(state, words);
  return status === 'pending' ? words.pending : isOfCell ? '' : said;
}
