/** The editor inside a cell. It keeps what was typed until it is right or given up. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

import type { Typed } from '../store/cells';
import { SCORE_RANGE } from '../store/cells';
import type { Lane, LaneKind } from '../store/types';
import { useUniqueId } from './unique';
import type { Words } from './words';
import { fill } from './words';

export type Move = 'stay' | 'next' | 'previous';

export interface EditorProps {
  lane: Lane;
  name: string;
  text: string;
  /** Whether the text was typed just now, so that the next key goes on after it. */
  isFresh: boolean;
  isTarget: boolean;
  words: Words;
  /** What there is to choose from; own words may be typed beside. */
  offers: readonly string[];
  read: (text: string) => Typed;
  onCommit: (text: string, move: Move | 'leave') => void;
  onCancel: () => void;
}

type Field = HTMLTextAreaElement | HTMLInputElement | HTMLSelectElement;

const LINES: readonly LaneKind[] = ['text', 'list', 'chips', 'reference'];
const STEP = 0.5;

export function Editor(props: EditorProps) {
  const { lane, words, read } = props;
  const field = useRef<Field>(null);
  const isOver = useRef(false);
  const noteId = useUniqueId();
  const [text, setText] = useState(props.text);
  const [isJudged, setJudged] = useState(!props.isFresh);
  const [chosen, setChosen] = useState(-1);
  const listId = useUniqueId();
  const typed = read(text);
  const items = itemsIn(text, lane.kind);
  const toggle = (offer: string) => {
    const kept = items.includes(offer)
      ? items.filter(item => item !== offer)
      : [...items, offer];
    setText(joined(kept, lane.kind));
  };
  const flaw =
    isJudged && 'flaw' in typed ? fill(words[typed.flaw], typed.fields) : '';

  // At once, not after the next frame: a quick typist's second letter belongs in here.
  useLayoutEffect(() => {
    const element = field.current;
    element?.focus();
    if (element && 'setSelectionRange' in element && element.type !== 'date') {
      element.setSelectionRange(text.length, text.length);
    }
  }, []);

  const end = (action: () => void) => {
    if (!isOver.current) {
      isOver.current = true;
      action();
    }
  };
  const commit = (move: Move | 'leave') => {
    if (move !== 'leave' && 'flaw' in typed) {
      setJudged(true);
      return;
    }
    end(() => props.onCommit(text, move));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // The map is painted anew between this listener and its own: a key must not count twice.
    event.stopPropagation();
    // An input method uses Enter, Escape and arrows for itself.
    if (event.isComposing || event.keyCode === 229) {
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && props.offers.length) {
      event.preventDefault();
      const last = props.offers.length - 1;
      setChosen(Math.max(-1, Math.min(last, chosen + step)));
      return;
    }
    if (event.key === 'Enter' && !event.shiftKey && chosen >= 0) {
      event.preventDefault();
      toggle(props.offers[chosen]);
      return;
    }
    const action = actionOf(event, lane.kind);
    if (!action) {
      return;
    }
    event.preventDefault();
    if (action === 'cancel') {
      end(props.onCancel);
    } else if (action === 'up' || action === 'down') {
      setText(stepped(text, action === 'up' ? STEP : -STEP));
    } else {
      commit(action);
    }
  };
  const shared = {
    'aria-label': props.isTarget
      ? fill(words.target_value, { value: props.name })
      : props.name,
    'aria-invalid': flaw ? ('true' as const) : undefined,
    'aria-describedby': flaw ? noteId : undefined,
    'aria-controls': props.offers.length ? listId : undefined,
    'aria-activedescendant': chosen >= 0 ? `${listId}-${chosen}` : undefined,
    class: 'jj-field',
    value: text,
    onKeyDown,
    onInput: (event: { currentTarget: Field }) => {
      setText(event.currentTarget.value);
      setChosen(-1);
    },
    onBlur: () => commit('leave')
  };
  return (
    <div class="jj-editor">
      {control(lane, shared, field, words)}
      {props.offers.length > 0 && (
        <ul
          id={listId}
          role="listbox"
          class="jj-offers"
          aria-multiselectable="true"
          aria-label={fill(words.options, { cell: lane.name })}
        >
          {props.offers.map((offer, index) => (
            <li
              key={offer}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={items.includes(offer)}
              data-chosen={index === chosen || undefined}
              onPointerDown={event => event.preventDefault()}
              onClick={() => toggle(offer)}
            >
              {offer}
            </li>
          ))}
        </ul>
      )}
      {flaw && (
        <p class="jj-flaw" id={noteId} role="alert">
          {flaw}
        </p>
      )}
    </div>
  );
}

function control(
  lane: Lane,
  shared: object,
  field: { current: Field | null },
  words: Words
) {
  const ref = (element: Field | null) => {
    field.current = element;
  };
  if (lane.kind === 'choice') {
    return (
      <select {...shared} ref={ref}>
        <option value="">{words.add_choice}</option>
        {(lane.options ?? []).map(option => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    );
  }
  if (LINES.includes(lane.kind)) {
    const hint = placeholder(lane, words);
    return (
      <textarea {...shared} ref={ref} rows={2} dir="auto" placeholder={hint} />
    );
  }
  return lane.kind === 'date' ? (
    <input {...shared} ref={ref} type="date" />
  ) : (
    <input {...shared} ref={ref} placeholder={lane.prompt} />
  );
}

/** The items of a text as the editor of this kind reads them. */
function itemsIn(text: string, kind: LaneKind): string[] {
  const isByComma = kind === 'chips' && !text.includes('\n');
  return text
    .split(isByComma ? /[,、，]/ : /\r?\n/)
    .map(item => item.trim())
    .filter(Boolean);
}

function joined(items: string[], kind: LaneKind): string {
  const isByComma = kind === 'chips' && !items.some(it => it.includes(','));
  const text = items.join(isByComma ? ', ' : '\n');
  return kind === 'chips' && !isByComma ? `${text}\n` : text;
}

function placeholder(lane: Lane, words: Words): string {
  const how = {
    list: words.one_per_line,
    reference: words.one_per_line,
    chips: words.between_commas
  }[lane.kind as string];
  return [lane.prompt, how].filter(Boolean).join(' – ');
}

function actionOf(
  event: KeyboardEvent,
  kind: LaneKind
): Move | 'cancel' | 'up' | 'down' | null {
  switch (event.key) {
    case 'Escape':
      return 'cancel';
    case 'Enter':
      return event.shiftKey && LINES.includes(kind) ? null : 'stay';
    case 'Tab':
      return event.shiftKey ? 'previous' : 'next';
    case 'ArrowUp':
      return kind === 'score' ? 'up' : null;
    case 'ArrowDown':
      return kind === 'score' ? 'down' : null;
    default:
      return null;
  }
}

function stepped(text: string, step: number): string {
  const [low, high] = SCORE_RANGE;
  const from = Number(text.replace('−', '-')) || 0;
  return String(Math.max(low, Math.min(high, from + step)));
}
