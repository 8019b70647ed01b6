/** What stands around the map: its tools, the search, and the findings of the checks. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

import type { Collection } from '../store/types';
import type { Finding } from './host';
import type { At } from './keys';
import { Sign } from './icon';
import type { Tools } from './menus';
import { signs } from './signs';
import { atOf } from './spot';
import type { Typing } from './use_editing';
import type { Desk } from './use_map';
import type { View } from './view';
import { fill, plural } from './words';

const TOOLS = ['undo', 'redo', 'find', 'help', 'more'] as const;

export function Toolbar({ tools: { desk, use, openMenu } }: { tools: Tools }) {
  const { words, host, isReadOnly } = desk;
  // Undo and redo only where there is something to take back.
  const tools = TOOLS.slice(isReadOnly || !host.undo ? 2 : 0);
  const [active, setActive] = useState(0);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      const to = (active + step + tools.length) % tools.length;
      const bar = event.currentTarget as HTMLElement;
      setActive(to);
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
          tabIndex={index === Math.min(active, tools.length - 1) ? 0 : -1}
          onFocus={() => setActive(index)}
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

interface FindProps {
  desk: Desk;
  text: string;
  found: readonly At[];
  onText: (text: string) => void;
  onClose: () => void;
}

export function Find({ desk, text, found, onText, onClose }: FindProps) {
  const { words } = desk;
  const field = useRef<HTMLInputElement>(null);
  const [current, setCurrent] = useState(0);
  const count = found.length;
  const there = found[current];
  useLayoutEffect(() => field.current?.focus(), []);
  useLayoutEffect(() => {
    if (there) {
      desk.arrive(there);
      desk.elementAt(there)?.scrollIntoView?.({ block: 'nearest' });
    }
  }, [text, current]);
  const show = (step: number) => setCurrent((current + step + count) % count);
  const close = () => {
    onClose();
    desk.go(there ?? desk.at);
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
        ref={field}
        type="search"
        class="jj-field"
        aria-label={words.find_what}
        placeholder={words.find_what}
        value={text}
        onInput={event => {
          onText(event.currentTarget.value);
          setCurrent(0);
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
  const { words, view } = desk;
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
          const at = placeOfFinding(finding, view);
          const [kind, id] = finding.where.split('/') as [Collection, string];
          return (
            <li key={index} data-level={finding.level}>
              <button
                class="jj-button"
                disabled={!at && !finding.has_card}
                onClick={() =>
                  at ? desk.go(at) : show({ shows: 'card', kind, id })
                }
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
