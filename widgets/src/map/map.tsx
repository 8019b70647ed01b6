/** The map: a grid of lanes and stages that is walked through by keys and edited in place. */
import { Component, createRef } from 'preact';

import { read, written } from '../store/blocks';
import { unique } from '../unique';
import { Overlay } from './above';
import { actionsOf } from './actions';
import { MapCell } from './cell';
import type { Desk, Kept } from './desk';
import { cellsOf, deskOf, START } from './desk';
import { refusalOf } from './drafts';
import { dragsOf } from './drags';
import { below } from './heading';
import type { Host } from './host';
import { intentOf, isHeading } from './keys';
import type { Tools } from './menus';
import { Find, Findings, search, Toolbar } from './panels';
import { perform } from './perform';
import { Head, LaneRow } from './rows';
import { coloursOf } from './signs';
import { typingOf } from './typing';
import { fill, plural, wordsOf } from './words';

export class JourneyMap extends Component<{ host: Host }, Kept> {
  override state = START;
  readonly id = `jj-${unique()}`;
  readonly root = createRef<HTMLDivElement>();
  /** Whether where one stands gets the focus once it is painted. */
  isFocusDue = false;
  // A view that comes later has nothing to tell of what was refused before.
  #heard = this.props.host.get();
  #off?: () => void;

  override componentDidMount() {
    this.#off = this.props.host.on(() => this.setState({}));
  }

  override componentWillUnmount() {
    this.#off?.();
  }

  override componentDidUpdate() {
    if (this.isFocusDue) {
      this.isFocusDue = false;
      const grid = this.root.current as HTMLDivElement;
      const { style } = grid.parentElement as HTMLElement;
      // What stands below a high header would get the focus and stay unseen.
      style.scrollPaddingTop = `${grid.children[0].clientHeight + 4}px`;
      grid.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    }
    const heard = this.#heard;
    const state = (this.#heard = this.props.host.get());
    const { refusal, document, revision } = state;
    const said =
      refusal && refusal !== heard.refusal
        ? refusalOf(state, wordsOf(document.language)).said
        : revision !== heard.revision && this.state.turned;
    if (said) {
      this.setState({ said, turned: '' });
    }
  }

  override render() {
    const tools = toolsOf(this);
    const { desk, typing } = tools;
    const { host, kept, view, words, document } = desk;
    const { above, sought } = kept;
    const found = search(desk, typing, sought ?? '');
    const findings = host.findings?.();
    return (
      <div
        class="jj-map"
        style={coloursOf(host.theme())}
        lang={document.language ?? 'en'}
      >
        <Header tools={tools} />
        {sought !== null && <Find {...{ tools, found }} text={sought} />}
        <div class="jj-body">
          <div class="jj-scroll">
            <div
              ref={this.root}
              role="grid"
              class="jj-grid"
              tabIndex={-1}
              style={{ '--jj-count': view.stages.length }}
              aria-label={fill(words.map, { title: document.title })}
              aria-readonly={desk.isReadOnly}
              aria-multiselectable="true"
              onKeyDown={event => pressed(event, tools)}
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
          {kept.said}
        </div>
      </div>
    );
  }
}

function toolsOf(map: JourneyMap): Tools {
  const desk = deskOf(map);
  const typing = typingOf(desk);
  const actions = actionsOf(desk, typing);
  const { host, kept, words, become } = desk;
  const turn = (step: 'undo' | 'redo') => {
    // The same said twice is heard once, unless it was gone meanwhile.
    become({ said: '', turned: words[`${step}ne` as const] });
    host[step]?.();
  };
  return {
    ...{ desk, typing, actions },
    drags: dragsOf(desk, actions),
    show: above => become({ above }),
    openMenu: (at, button) => {
      if (at) {
        desk.arrive(at);
      }
      become({ above: { shows: 'menu', at, ...below(button) } });
    },
    use: tool =>
      tool === 'help'
        ? become({ above: { shows: tool } })
        : tool === 'find'
          ? become({ sought: kept.sought ?? '' })
          : turn(tool)
  };
}

function pressed(event: KeyboardEvent, tools: Tools): void {
  const { desk, typing } = tools;
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
  const who = document.personas?.find(
    ({ id }) => id === looks.persona && !looks.bands
  )?.name;
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
