/** The editor in a cell or a heading. It keeps what was typed until it is right or given up. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

import { itemsIn, joined, scored, STEP } from '../store/cells';
import type { Lane, LaneKind } from '../store/types';
import { Flaw, flawed } from './flaw';
import { useUniqueId } from '../keys/unique';
import type { Editing, Typing } from './use_editing';
import { calledIn } from './view';
import type { Words } from './words';
import { fill } from './words';

export type Move = 'stay' | 'next' | 'previous';

export interface EditorProps {
  /** The lane of the cell; a heading has a name and no lane. */
  lane?: Lane;
  label: string;
  editing: Editing;
  typing: Typing;
  words: Words;
  /** What there is to choose from; own words may be typed beside. */
  offers?: readonly string[];
}

type Field = HTMLTextAreaElement | HTMLInputElement | HTMLSelectElement;

const LINES: readonly (LaneKind | undefined)[] = [
  'text',
  'list',
  'chips',
  'reference'
];

export function Editor(props: EditorProps) {
  const { lane, words, editing, typing, offers = [] } = props;
  const kind = lane?.kind;
  const field = useRef<Field>(null);
  const isOver = useRef(false);
  const noteId = useUniqueId();
  const [text, setText] = useState(editing.text);
  const [isJudged, setJudged] = useState(!editing.isFresh);
  const [told, setTold] = useState('');
  const [chosen, setChosen] = useState(-1);
  const listId = useUniqueId();
  const items = itemsIn(text, kind);
  const toggle = (offer: string) => {
    const kept = items.includes(offer)
      ? items.filter(item => item !== offer)
      : [...items, offer];
    setText(joined(kept, kind));
  };
  const flaw = editing.flawOf(text);
  const note = isJudged ? flaw || told : '';

  const end = (action: () => void) => {
    if (!isOver.current) {
      isOver.current = true;
      action();
    }
  };
  const commit = (move: Move | 'leave') => {
    const { conflict } = editing;
    if (move !== 'leave' && (flaw || conflict !== told)) {
      setJudged(true);
      setTold(conflict);
      return;
    }
    end(() => typing.commit(text, move));
  };
  const leave = useRef(commit);
  leave.current = commit;
  // At once, not after the next frame: a quick typist's second letter belongs in here.
  useLayoutEffect(() => {
    const element = field.current;
    element?.focus();
    if (element && 'setSelectionRange' in element && element.type !== 'date') {
      element.setSelectionRange(lane ? text.length : 0, text.length);
    }
    // Its cell may go, or the whole map.
    return () => leave.current('leave');
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    // The map is painted anew between this listener and its own: a key must not count twice.
    event.stopPropagation();
    // An input method uses Enter, Escape and arrows for itself.
    if (event.isComposing || event.keyCode === 229) {
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && offers.length) {
      event.preventDefault();
      const last = offers.length - 1;
      setChosen(Math.max(-1, Math.min(last, chosen + step)));
      return;
    }
    if (event.key === 'Enter' && !event.shiftKey && chosen >= 0) {
      event.preventDefault();
      toggle(offers[chosen]);
      return;
    }
    if (event.key === 'Escape') {
      end(typing.cancel);
    } else if (event.key === 'Tab') {
      commit(event.shiftKey ? 'previous' : 'next');
    } else if (
      event.key === 'Enter' &&
      !(event.shiftKey && LINES.includes(kind))
    ) {
      commit('stay');
    } else if (step && kind === 'score') {
      const from = Number(text.replace('−', '-')) || 0;
      setText(String(scored(from - step * STEP)));
    } else {
      return;
    }
    event.preventDefault();
  };
  const shared = {
    'aria-label': props.label,
    ...flawed(noteId, note),
    'aria-controls': offers.length ? listId : undefined,
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
      {control(lane, { ...shared, ref: field }, words)}
      {offers.length > 0 && (
        <ul
          id={listId}
          role="listbox"
          class="jj-offers"
          aria-multiselectable="true"
          aria-label={fill(words.options, { cell: lane?.name ?? '' })}
        >
          {offers.map((offer, index) => (
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
      {note && <Flaw id={noteId} text={note} />}
    </div>
  );
}

function control(lane: Lane | undefined, shared: object, words: Words) {
  if (lane?.kind === 'choice') {
    return (
      <select {...shared}>
        <option value="">{words.add_choice}</option>
        {(lane.options ?? []).map(option => (
          <option key={option} value={calledIn(words, option)}>
            {calledIn(words, option)}
          </option>
        ))}
      </select>
    );
  }
  if (lane && LINES.includes(lane.kind)) {
    const hint = placeholder(lane, words);
    return <textarea {...shared} rows={2} dir="auto" placeholder={hint} />;
  }
  return lane?.kind === 'date' ? (
    <input {...shared} type="date" />
  ) : (
    <input {...shared} placeholder={lane?.prompt} />
  );
}

function placeholder(lane: Lane, words: Words): string {
  const how = {
    list: words.one_per_line,
    reference: words.one_per_line,
    chips: words.between_commas
  }[lane.kind as string];
  return [lane.prompt, how].filter(Boolean).join(' – ');
}
