/** What stands around the map: its tools, the search, and the findings of the checks. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

import type { Collection, Row } from '../store/types';
import type { Finding } from './host';
import type { At } from './keys';
import { Sign } from './icon';
import type { Tools } from './menus';
import { signs } from './signs';
import type { Spot } from './spot';
import { atOf } from './spot';
import type { Typing } from './use_editing';
import type { Desk } from './use_map';
import type { View } from './view';
import { cellOf } from './view';
import { fill } from './words';

const TOOLS = ['undo', 'redo', 'find', 'help', 'more'] as const;
export type Tool = (typeof TOOLS)[number];

interface ToolbarProps {
  desk: Desk;
  onTool: (tool: Tool, button: HTMLElement) => void;
}

export function Toolbar({ desk, onTool }: ToolbarProps) {
  const { words, host, isReadOnly } = desk;
  const tools = TOOLS.filter(
    tool => !(tool === 'undo' || tool === 'redo') || (!isReadOnly && host[tool])
  );
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
          onClick={event => onTool(tool, event.currentTarget)}
        >
          <Sign path={signs.tools[tool]} />
        </button>
      ))}
    </div>
  );
}

interface FindProps {
  desk: Desk;
  typing: Typing;
  onFound: (cells: readonly At[]) => void;
  onClose: () => void;
}

export function Find({ desk, typing, onFound, onClose }: FindProps) {
  const { words, view, size } = desk;
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [current, setCurrent] = useState(0);
  useLayoutEffect(() => field.current?.focus(), []);
  const search = (wanted: string): At[] => {
    const part = wanted.trim().toLowerCase();
    return view.rows.flatMap((_, row) =>
      view.stages.flatMap((_, column) =>
        part && typing.textAt([row, column]).toLowerCase().includes(part)
          ? [[row, column] as const]
          : []
      )
    );
  };
  const found = search(text);
  const show = (step: number) => {
    const at = (current + step + found.length) % found.length;
    setCurrent(at);
    desk.arrive(found[at]);
    desk
      .elementAt(found[at])
      ?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  };
  const close = () => {
    onFound([]);
    onClose();
    desk.go(found[current] ?? desk.at);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') {
      close();
    } else if (event.key === 'Enter' && found.length) {
      show(event.shiftKey ? -1 : 1);
    } else {
      return;
    }
    event.preventDefault();
  };
  const onInput = (wanted: string) => {
    setText(wanted);
    setCurrent(0);
    const now = search(wanted);
    onFound(now);
    if (now.length && size.rows) {
      desk.arrive(now[0]);
    }
  };
  const count = found.length;
  return (
    <div role="search" class="jj-find" onKeyDown={onKeyDown}>
      <input
        ref={field}
        type="search"
        class="jj-field"
        aria-label={words.find_what}
        placeholder={words.find_what}
        value={text}
        onInput={event => onInput(event.currentTarget.value)}
      />
      <span role="status" class="jj-small">
        {text &&
          (count
            ? fill(words.found, { at: current + 1, count })
            : words.found_none)}
      </span>
      <button class="jj-button" disabled={!count} onClick={() => show(-1)}>
        {words.previous}
      </button>
      <button class="jj-button" disabled={!count} onClick={() => show(1)}>
        {words.next}
      </button>
      <button class="jj-button" onClick={close}>
        {words.close}
      </button>
    </div>
  );
}

interface FindingsProps {
  tools: Tools;
  found: readonly Finding[];
}

export function Findings({ tools, found }: FindingsProps) {
  const { desk, showCard } = tools;
  const { words, view } = desk;
  return (
    <aside class="jj-findings" aria-label={words.findings}>
      <p class="jj-strong">
        {found.length
          ? fill(words.findings_count, { count: found.length })
          : words.findings_none}
      </p>
      <ul>
        {found.map((finding, index) => {
          const at = placeOfFinding(finding.where, view);
          const [kind, id] = finding.where.split('/') as [Collection, string];
          const isKnown = recordOf(finding.where, view) !== undefined;
          return (
            <li key={index} data-level={finding.level}>
              <button
                disabled={!at && !isKnown}
                onClick={() => (at ? desk.go(at) : showCard(kind, id))}
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

/** The cell or heading that a finding such as `stages/trial` is about. */
export function placeOfFinding(where: string, view: View): At | null {
  const [kind, ...ids] = where.split('/');
  const record = recordOf(where, view);
  const at = (lane: unknown, stage: unknown, persona: unknown = null) => {
    const spot = { lane, stage, persona } as Spot;
    const shown = view.rows[0]?.view.persona ?? null;
    return lane || stage
      ? (atOf(view, spot) ?? atOf(view, { ...spot, persona: shown }))
      : null;
  };
  switch (kind) {
    case 'stages':
      return at(null, ids[0]);
    case 'lanes':
      return at(ids[0], null);
    case 'cells':
      return at(ids[0], ids[1], ids[2]);
    case 'measurements':
      return (
        (record && at(record.lane_id, record.stage_id, record.persona_id)) ??
        null
      );
    default:
      return (
        holding(ids[0], kind, view) ??
        at(null, record?.stage_id ?? record?.from_stage_id)
      );
  }
}

function recordOf(where: string, { document }: View): Row | undefined {
  const [kind, id] = where.split('/');
  const rows: unknown = document[kind as Collection];
  return id && Array.isArray(rows)
    ? (rows as Row[]).find(it => it.id === id)
    : undefined;
}

/** The first cell that refers to this record. */
function holding(id: string, kind: string, view: View): At | null {
  for (const [row, { lane, view: seen }] of view.rows.entries()) {
    for (const [column, stage] of view.stages.entries()) {
      const value = cellOf(seen, lane, stage)?.value;
      if (
        lane.refers_to === kind &&
        Array.isArray(value) &&
        value.includes(id)
      ) {
        return [row, column];
      }
    }
  }
  return null;
}
