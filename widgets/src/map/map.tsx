/** The map: a grid of lanes and stages that is walked through by keys and edited in place. */
import { useState } from 'preact/hooks';

import { read, written } from '../store/blocks';
import type { Above } from './above';
import { Overlay } from './above';
import { actionsOf } from './actions';
import { MapCell } from './cell';
import { refusalOf } from './drafts';
import { below } from './heading';
import type { Host } from './host';
import { intentOf, isHeading } from './keys';
import type { Tools } from './menus';
import { Find, Findings, search, Toolbar } from './panels';
import { perform } from './perform';
import { Head, LaneRow } from './rows';
import { coloursOf } from './signs';
import { useDrag } from './use_drag';
import { useEditing } from './use_editing';
import type { Desk } from './use_map';
import { cellsOf, useMap } from './use_map';
import { fill, plural } from './words';

export function JourneyMap({ host }: { host: Host }) {
  const desk = useMap(host);
  const typing = useEditing(desk);
  const actions = actionsOf(desk, typing);
  const drags = useDrag(desk, actions);
  const [above, show] = useState<Above | null>(null);
  const [isFinding, setFinding] = useState(false);
  const [sought, seek] = useState('');
  const found = search(desk, typing, sought);
  const { view, words, document, root, isReadOnly } = desk;

  const tools: Tools = {
    ...{ desk, typing, actions, drags, show },
    openMenu: (at, button) => {
      if (at) {
        desk.arrive(at);
      }
      show({ shows: 'menu', at, ...below(button) });
    },
    use: tool =>
      tool === 'help'
        ? show({ shows: tool })
        : tool === 'find'
          ? setFinding(true)
          : host[tool]?.()
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
      perform(intent, tools);
    }
  };
  const findings = host.findings?.();
  return (
    <div
      class="jj-map"
      data-theme={host.theme()}
      style={coloursOf(host.theme())}
      lang={document.language ?? 'en'}
    >
      <Header tools={tools} />
      {isFinding && (
        <Find
          {...{ desk, found }}
          text={sought}
          onText={seek}
          onClose={() => {
            setFinding(false);
            seek('');
          }}
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
            <Head tools={tools} />
            <div role="rowgroup">
              {view.rows.map((row, index) => (
                <LaneRow
                  key={`${row.view.persona} ${row.lane.id}`}
                  {...{ row, index, tools }}
                >
                  {view.stages.map((stage, column) => (
                    <MapCell
                      key={stage.id}
                      {...{ row, stage, tools }}
                      at={[index, column]}
                      isFound={found.some(
                        at => at[0] === index && at[1] === column
                      )}
                    />
                  ))}
                </LaneRow>
              ))}
            </div>
          </div>
        </div>
        {findings && <Findings tools={tools} found={findings} />}
      </div>
      {above && <Overlay {...{ tools, above }} />}
      <div role="status" class="jj-hidden">
        {desk.said}
      </div>
    </div>
  );
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
    const { copied, language } = desk.words;
    desk.say(plural(copied, cells.flat().length, language));
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

function Header({ tools }: { tools: Tools }) {
  const { desk } = tools;
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
        <Toolbar tools={tools} />
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
