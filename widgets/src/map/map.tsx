/** The map: a grid of lanes and stages that is walked through by keys and edited in place. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

import { fromText, toText } from '../store/cells';
import type { Lane, Stage } from '../store/types';
import { keyOf, valueAt } from '../store/types';
import { MapCell } from './cell';
import type { Move } from './editor';
import type { Host } from './host';
import { intentOf } from './keys';
import { Head, LaneRow } from './rows';
import type { View } from './view';
import { nameOf, placeOf, viewOf } from './view';
import type { Words } from './words';
import { fill } from './words';

type At = readonly [row: number, column: number];

interface Editing {
  at: At;
  text: string;
  isFresh: boolean;
}

export function JourneyMap({ host }: { host: Host }) {
  const [, repaint] = useState(0);
  useEffect(() => host.on(() => repaint(count => count + 1)), [host]);
  const state = host.get();
  const view = viewOf(state);
  const { words, document, lanes, stages } = view;
  const isReadOnly = host.readOnly || state.status === 'disconnected';

  const root = useRef<HTMLDivElement>(null);
  const isFocusDue = useRef(false);
  const [[row, column], setActive] = useState<At>([0, 0]);
  const [editing, setEditing] = useState<Editing | null>(null);
  const [said, say] = useState('');
  // What was typed and can't be kept as it is, by the key of its cell.
  const [drafts, setDrafts] = useState<ReadonlyMap<string, string>>(new Map());

  useLayoutEffect(() => {
    if (isFocusDue.current) {
      isFocusDue.current = false;
      root.current
        ?.querySelector<HTMLElement>(`[data-at="${row},${column}"]`)
        ?.focus();
    }
  });
  useEffect(() => {
    const reason = [...state.refusals.values()].at(-1);
    if (reason) {
      say(fill(words.refused, { reason }));
    }
  }, [state.refusals]);

  const laneAt = (at: At): Lane => lanes[at[0]];
  const stageAt = (at: At): Stage => stages[at[1]];
  const place = (at: At) => placeOf(view, laneAt(at), stageAt(at));
  const isEditable = (at: At) => !isReadOnly && !laneAt(at).locked;
  const size = { rows: lanes.length, columns: stages.length };

  const go = (at: At) => {
    isFocusDue.current = true;
    setActive(at);
  };
  const open = (at: At, typed?: string) => {
    if (isEditable(at)) {
      const value = valueAt(document, place(at));
      const kept =
        drafts.get(keyOf(place(at))) ?? toText(value, laneAt(at), document);
      setActive(at);
      setEditing({ at, text: typed ?? kept, isFresh: typed !== undefined });
    }
  };
  const keepDraft = (at: At, text: string | null) => {
    const kept = new Map(drafts);
    if (text === null) {
      kept.delete(keyOf(place(at)));
    } else {
      kept.set(keyOf(place(at)), text);
    }
    setDrafts(kept);
  };
  const change = (at: At, text: string) => {
    const typed = fromText(text, laneAt(at), document);
    if ('flaw' in typed) {
      keepDraft(at, text);
      say(fill(words[typed.flaw], typed.fields));
      return;
    }
    keepDraft(at, null);
    const old = valueAt(document, place(at));
    host.send([{ ...place(at), old, new: typed.value }]);
    const name = nameOf(viewOf(host.get()), laneAt(at), stageAt(at));
    say(fill(words.changed, { cell: name }));
  };
  const commit = (text: string, move: Move | 'leave') => {
    if (!editing) {
      return;
    }
    const { at } = editing;
    setEditing(null);
    change(at, text);
    if (move !== 'leave') {
      go(neighbour(at, move, size));
    }
  };
  const cancel = () => {
    keepDraft([row, column], null);
    setEditing(null);
    go([row, column]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (editing || event.isComposing || lanes.length === 0) {
      return;
    }
    const at = [row, column] as const;
    const intent = intentOf(event, at, size);
    if (!intent) {
      return;
    }
    event.preventDefault();
    switch (intent.do) {
      case 'go':
        return go([intent.row, intent.column]);
      case 'edit':
        return open(at, laneAt(at).kind === 'date' ? undefined : intent.text);
      case 'empty':
        return isEditable(at) ? change(at, '') : undefined;
      default:
        return isReadOnly ? undefined : host[intent.do]?.();
    }
  };

  return (
    <div
      class="jj-map"
      data-theme={host.theme()}
      lang={document.language ?? 'en'}
    >
      <Header view={view} status={notice(words, host, state.status)} />
      <div class="jj-scroll">
        <div
          ref={root}
          role="grid"
          class="jj-grid"
          style={{ '--jj-count': stages.length }}
          aria-label={fill(words.map, { title: document.title })}
          aria-readonly={isReadOnly}
          onKeyDown={onKeyDown}
        >
          <Head view={view} />
          <div role="rowgroup">
            {lanes.map((lane, laneIndex) => (
              <LaneRow key={lane.id} view={view} lane={lane}>
                {stages.map((stage, stageIndex) => {
                  const at = [laneIndex, stageIndex] as const;
                  const key = keyOf(place(at));
                  const isOpen =
                    editing !== null && String(editing.at) === String(at);
                  return (
                    <MapCell
                      key={stage.id}
                      {...{ view, lane, stage, at }}
                      isActive={laneIndex === row && stageIndex === column}
                      isEditable={isEditable(at)}
                      draft={drafts.get(key)}
                      refusal={state.refusals.get(key)}
                      editing={isOpen ? editing : null}
                      onFocus={() => setActive(at)}
                      onOpen={() => open(at)}
                      onCommit={commit}
                      onCancel={cancel}
                    />
                  );
                })}
              </LaneRow>
            ))}
          </div>
        </div>
      </div>
      <div role="status" class="jj-hidden">
        {said}
      </div>
    </div>
  );
}

function Header({ view, status }: { view: View; status: string }) {
  const { document, persona, words } = view;
  const names: Record<string, string> = words.mapTypes;
  const type = names[document.map_type ?? 'current-state'];
  const who = document.personas?.find(({ id }) => id === persona)?.name;
  return (
    <div class="jj-header">
      <p class="jj-title">{document.title}</p>
      <p class="jj-subtitle">{[type, who].filter(Boolean).join(' · ')}</p>
      {status && <p class="jj-notice">{status}</p>}
    </div>
  );
}

function notice(words: Words, host: Host, status: string): string {
  if (status === 'disconnected') {
    return words.disconnected;
  }
  if (host.readOnly) {
    return words.read_only;
  }
  return status === 'pending' ? words.pending : '';
}

/** Where Tab leads after an edit; at the ends it stays. */
function neighbour(
  [row, column]: At,
  move: Move,
  size: { rows: number; columns: number }
): At {
  const step = { stay: 0, next: 1, previous: -1 }[move];
  const last = size.rows * size.columns - 1;
  const at = Math.max(0, Math.min(last, row * size.columns + column + step));
  return [Math.floor(at / size.columns), at % size.columns];
}
