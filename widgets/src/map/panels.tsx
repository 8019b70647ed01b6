/** What stands around the map: its tools, the search, and the findings of the checks. */
import { Component, createRef } from 'preact';

import type { Collection } from '../store/types';
import type { Finding } from './host';
import type { At } from './keys';
import { Sign } from './icon';
import type { Tools } from './menus';
import { signs } from './signs';
import { atOf } from './spot';
import type { Typing } from './typing';
import type { Desk } from './desk';
import type { View } from './view';
import { viewOf } from './view';
import { fill, plural } from './words';

const TOOLS = ['undo', 'redo', 'find', 'help', 'more'] as const;

export class Toolbar extends Component<{ tools: Tools }, { active: number }> {
  override state = { active: 0 };

  override render() {
    const { desk, use, openMenu } = this.props.tools;
    const { words, host, isReadOnly } = desk;
    // Undo and redo only where there is something to take back.
    const tools = TOOLS.slice(isReadOnly || !host.undo ? 2 : 0);
    const active = Math.min(this.state.active, tools.length - 1);
    const onKeyDown = (event: KeyboardEvent) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) {
        const to = (active + step + tools.length) % tools.length;
        const bar = event.currentTarget as HTMLElement;
        bar.querySelectorAll('button')[to].focus();
      }
    };
    return (
      <div
        role="toolbar"
        class="jj-tools"
        aria-label={words.tools}
        onKeyDown={onKeyDown}
      >
        {tools.map((tool, index) => (
          <button
            key={tool}
            class="jj-tool"
            title={words[tool]}
            aria-label={words[tool]}
            aria-haspopup={tool === 'more' ? 'menu' : undefined}
            tabIndex={index === active ? 0 : -1}
            onFocus={() => this.setState({ active: index })}
            onClick={event =>
              tool === 'more' ? openMenu(null, event.currentTarget) : use(tool)
            }
          >
            <Sign path={signs.tools[tool]} />
          </button>
        ))}
      </div>
    );
  }
}

interface FindProps {
  tools: Tools;
  text: string;
  found: readonly At[];
}

export class Find extends Component<FindProps, { current: number }> {
  override state = { current: 0 };
  readonly #field = createRef<HTMLInputElement>();

  get #there(): At | undefined {
    return this.props.found[this.state.current];
  }

  override componentDidMount() {
    this.#field.current?.focus();
  }

  override componentDidUpdate(props: FindProps, state: { current: number }) {
    const { desk } = this.props.tools;
    const there = this.#there;
    const isNew =
      props.text !== this.props.text || state.current !== this.state.current;
    if (there && isNew) {
      desk.arrive(there);
      desk.elementAt(there)?.scrollIntoView?.({ block: 'nearest' });
    }
  }

  override render() {
    const { tools, text, found } = this.props;
    const { words, become, go, at } = tools.desk;
    const { current } = this.state;
    const count = found.length;
    const show = (step: number) =>
      this.setState({ current: (current + step + count) % count });
    const close = () => {
      become({ sought: null });
      go(this.#there ?? at);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      event.stopPropagation();
      if (event.key === 'Escape') {
        close();
      } else if (event.key === 'Enter' && count) {
        show(event.shiftKey ? -1 : 1);
      } else {
        return;
      }
      event.preventDefault();
    };
    const button = (label: string, act: () => void, isDisabled = false) => (
      <button class="jj-button" disabled={isDisabled} onClick={act}>
        {label}
      </button>
    );
    return (
      <div role="search" class="jj-find" onKeyDown={onKeyDown}>
        <input
          ref={this.#field}
          type="search"
          class="jj-field"
          aria-label={words.find_what}
          placeholder={words.find_what}
          value={text}
          onInput={event => {
            become({ sought: event.currentTarget.value });
            this.setState({ current: 0 });
          }}
        />
        <span role="status" class="jj-small">
          {text &&
            (count
              ? fill(words.found, { at: current + 1, count })
              : words.found_none)}
        </span>
        {button(words.previous, () => show(-1), !count)}
        {button(words.next, () => show(1), !count)}
        {button(words.close, close)}
      </div>
    );
  }
}

/** The cells in which a text stands, whatever its capitals. */
export function search({ view }: Desk, typing: Typing, wanted: string): At[] {
  const part = wanted.trim().toLowerCase();
  return view.rows.flatMap((_, row) =>
    view.stages.flatMap((_, column) =>
      part && typing.textAt([row, column]).toLowerCase().includes(part)
        ? [[row, column] as const]
        : []
    )
  );
}

interface FindingsProps {
  tools: Tools;
  found: readonly Finding[];
}

export function Findings({ tools, found }: FindingsProps) {
  const { desk, show } = tools;
  const { words, view, looks } = desk;
  const unfolded = viewOf(desk.host.get(), { ...looks, folded: [] });
  return (
    <aside class="jj-findings" aria-label={words.findings}>
      <p>
        <b>
          {found.length
            ? plural(words.findings_count, found.length, words.language)
            : words.findings_none}
        </b>
      </p>
      <ul>
        {found.map((finding, index) => {
          const shown = placeOfFinding(finding, view);
          const at = shown ?? placeOfFinding(finding, unfolded);
          const [kind, id] = finding.where.split('/') as [Collection, string];
          return (
            <li key={index} data-level={finding.level}>
              <button
                class="jj-button"
                disabled={!at && !finding.has_card}
                onClick={() => {
                  if (!at) {
                    return show({ shows: 'card', kind, id });
                  }
                  if (!shown) {
                    desk.look({ folded: [] });
                  }
                  desk.go(at);
                }}
              >
                <b>
                  {words.levels[finding.level]} · {finding.check}
                </b>
                <span>{finding.message}</span>
                <span class="jj-small">{finding.fix}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </aside>
  );
}

/** The first of its spots that is shown; of a persona who isn't, what stands there instead. */
export function placeOfFinding({ spots }: Finding, view: View): At | null {
  const shown = view.rows[0]?.view.persona ?? null;
  const ways = [...spots, ...spots.map(spot => ({ ...spot, persona: shown }))];
  return ways.map(spot => atOf(view, spot)).find(Boolean) ?? null;
}
