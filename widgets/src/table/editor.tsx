/** The field inside a cell. It keeps what was typed until it is right or given up. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

import type { Field } from '../store/frame_types';
import { typed } from '../store/frame_values';
import { unique } from '../unique';
import type { Voice, Words } from './words';
import { fill } from './words';

export type Move = 'down' | 'up' | 'next' | 'previous' | 'leave';

export interface EditorProps {
  voice: Voice;
  field: Field;
  name: string;
  text: string;
  /** Whether the text was typed just now, so that the next key goes on after it. */
  isFresh: boolean;
  onCommit: (text: string, move: Move) => void;
  onCancel: () => void;
}

interface Shared {
  onKeyDown: (event: KeyboardEvent) => void;
  onBlur: (event: FocusEvent & { currentTarget: Control }) => void;
}

type Control = HTMLTextAreaElement | HTMLInputElement | HTMLSelectElement;

export function Editor(props: EditorProps) {
  const { field } = props;
  const { words } = props.voice;
  const control = useRef<Control>(null);
  const isOver = useRef(false);
  const [noteId] = useState(() => `jf-${unique()}`);
  const [text, setText] = useState(props.text);
  const [isJudged, setJudged] = useState(false);
  const read = typed(text, field);
  const flaw =
    isJudged && 'flaw' in read ? fill(words[read.flaw], read.fields) : '';

  // At once, not after the next frame: a quick typist's second letter belongs in here.
  useLayoutEffect(() => {
    const element = control.current;
    element?.focus();
    if (element && !(element instanceof HTMLSelectElement)) {
      element.setSelectionRange(props.isFresh ? text.length : 0, text.length);
    }
  }, []);

  const end = (action: () => void) => {
    if (!isOver.current) {
      isOver.current = true;
      action();
    }
  };
  const commit = (move: Move) => {
    const isTouched = props.isFresh || text !== props.text;
    if (move !== 'leave' && 'flaw' in read && isTouched) {
      setJudged(true);
      return;
    }
    end(() => props.onCommit(text, move));
  };
  // Its cell may go from under it; what was typed mustn't go along.
  const whenGone = useRef(commit);
  whenGone.current = commit;
  useLayoutEffect(() => () => whenGone.current('leave'), []);
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    // An input method uses Enter, Escape and arrows for itself.
    if (event.isComposing || event.keyCode === 229) {
      return;
    }
    if (event.key === 'Escape') {
      event.preventDefault();
      end(props.onCancel);
    } else if (event.key === 'ArrowDown' && event.altKey) {
      const beside = control.current?.nextElementSibling;
      if (beside instanceof HTMLInputElement) {
        event.preventDefault();
        beside.showPicker();
      }
    } else if (event.key === 'Tab') {
      event.preventDefault();
      commit(event.shiftKey ? 'previous' : 'next');
    } else if (
      event.key === 'Enter' &&
      !event.altKey &&
      !isLineBreak(event, field)
    ) {
      event.preventDefault();
      commit(event.shiftKey ? 'up' : 'down');
    }
  };
  const shared = {
    'aria-label': props.name,
    'aria-invalid': flaw ? ('true' as const) : undefined,
    'aria-describedby': flaw ? noteId : undefined,
    class: 'jf-field',
    onKeyDown,
    onBlur: (event: FocusEvent & { currentTarget: Control }) => {
      const next = event.relatedTarget as Node | null;
      // The picker beside is part of the field.
      if (!next || !event.currentTarget.parentNode?.contains(next)) {
        commit('leave');
      }
    },
    ref: (element: Control | null) => {
      control.current = element;
    },
    onInput: (event: { currentTarget: Control }) =>
      setText(event.currentTarget.value)
  };
  return (
    <>
      {fieldOf(field, shared, text, words)}
      {(field.kind === 'date' || field.kind === 'datetime') && (
        <Picker
          kind={field.kind}
          name={fill(words.choose, { field: props.name })}
          text={text}
          shared={shared}
          onPick={picked => {
            setText(picked);
            control.current?.focus();
          }}
        />
      )}
      {flaw && (
        <p class="jf-flaw" id={noteId} role="alert">
          {flaw}
        </p>
      )}
    </>
  );
}

interface PickerProps {
  kind: 'date' | 'datetime';
  name: string;
  text: string;
  shared: Pick<Shared, 'onKeyDown' | 'onBlur'>;
  onPick: (text: string) => void;
}

/** The browser's own calendar; what it can't say, such as an offset, is typed beside it. */
function Picker({ kind, name, text, shared, onPick }: PickerProps) {
  const isDay = kind === 'date';
  return (
    <input
      type={isDay ? 'date' : 'datetime-local'}
      class="jf-picker"
      aria-label={name}
      value={isDay ? text : text.slice(0, 16).replace(' ', 'T')}
      onKeyDown={shared.onKeyDown}
      onBlur={shared.onBlur}
      onChange={event => onPick(event.currentTarget.value.replace('T', ' '))}
    />
  );
}

function isLineBreak(event: KeyboardEvent, { kind }: Field): boolean {
  return event.shiftKey && (kind === 'text' || kind === 'tags');
}

function fieldOf(field: Field, shared: object, text: string, words: Words) {
  switch (field.kind) {
    case 'choice':
      return options(field, shared, text, words, field.options);
    case 'boolean':
      return options(field, shared, text, words, ['true', 'false']);
    case 'text':
    case 'tags': {
      const hint = field.kind === 'tags' ? words.one_per_line : undefined;
      return (
        <textarea
          {...shared}
          value={text}
          rows={1}
          dir="auto"
          placeholder={hint}
        />
      );
    }
    default:
      return <input {...shared} value={text} placeholder={HINTS[field.kind]} />;
  }
}

const HINTS: Partial<Record<Field['kind'], string>> = {
  date: '2026-03-31',
  datetime: '2026-03-31 14:30'
};

function options(
  field: Field,
  shared: object,
  text: string,
  words: Words,
  values: readonly string[]
) {
  const names: Record<string, string> =
    field.kind === 'boolean' ? { true: words.yes, false: words.no } : {};
  return (
    <select {...shared} value={text}>
      {(field.nullable || text === '') && (
        <option value="">{words.missing}</option>
      )}
      {values.map(value => (
        <option key={value} value={value}>
          {names[value] ?? value}
        </option>
      ))}
    </select>
  );
}
