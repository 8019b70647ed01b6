/** The editor in a cell or a heading. It keeps what was typed until it is right or given up. */
import { Component, createRef } from 'preact';

import { itemsIn, joined, scored, STEP } from '../store/cells';
import type { Lane, LaneKind } from '../store/types';
import { Flaw, flawed } from './flaw';
import type { Editing, Typing } from './typing';
import { calledIn } from './view';
import type { Words } from './words';
import { fill } from './words';

export type Move = 'stay' | 'next' | 'previous';

export interface EditorProps {
  /** What the ids of its elements begin with. */
  id: string;
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

interface Typed {
  text: string;
  /** Whether what is wrong with it is said by now. */
  isJudged: boolean;
  /** Of which conflict one was told. */
  told: string;
  /** Which offer the arrow keys have reached; -1 for none. */
  chosen: number;
}

export class Editor extends Component<EditorProps, Typed> {
  override state: Typed = {
    text: this.props.editing.text,
    isJudged: !this.props.editing.isFresh,
    told: '',
    chosen: -1
  };
  readonly #field = createRef<Field>();
  #isOver = false;

  // At once, not after the next frame: a quick typist's second letter belongs in here.
  override componentDidMount() {
    const element = this.#field.current;
    const { length } = this.state.text;
    element?.focus();
    if (element && 'setSelectionRange' in element && element.type !== 'date') {
      element.setSelectionRange(this.props.lane ? length : 0, length);
    }
  }

  // Its cell may go, or the whole map.
  override componentWillUnmount() {
    this.#commit('leave');
  }

  #end(action: () => void) {
    if (!this.#isOver) {
      this.#isOver = true;
      action();
    }
  }

  #commit(move: Move | 'leave') {
    const { editing, typing } = this.props;
    const { text, told } = this.state;
    const { conflict } = editing;
    if (move !== 'leave' && (editing.flawOf(text) || conflict !== told)) {
      this.setState({ isJudged: true, told: conflict });
    } else {
      this.#end(() => typing.commit(text, move));
    }
  }

  #toggle(offer: string) {
    const kind = this.props.lane?.kind;
    const items = itemsIn(this.state.text, kind);
    const kept = items.includes(offer)
      ? items.filter(item => item !== offer)
      : [...items, offer];
    this.setState({ text: joined(kept, kind) });
  }

  readonly #onKeyDown = (event: KeyboardEvent) => {
    const { lane, typing, offers = [] } = this.props;
    const { text, chosen } = this.state;
    const { key, shiftKey } = event;
    // The map is painted anew between this listener and its own: a key must not count twice.
    event.stopPropagation();
    // An input method uses Enter, Escape and arrows for itself.
    if (event.isComposing || event.keyCode === 229) {
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step && offers.length) {
      const to = Math.min(offers.length - 1, chosen + step);
      this.setState({ chosen: Math.max(-1, to) });
    } else if (key === 'Enter' && !shiftKey && chosen >= 0) {
      this.#toggle(offers[chosen]);
    } else if (key === 'Escape') {
      this.#end(typing.cancel);
    } else if (key === 'Tab') {
      this.#commit(shiftKey ? 'previous' : 'next');
    } else if (key === 'Enter' && !(shiftKey && LINES.includes(lane?.kind))) {
      this.#commit('stay');
    } else if (step && lane?.kind === 'score') {
      const from = Number(text.replace('−', '-')) || 0;
      this.setState({ text: String(scored(from - step * STEP)) });
    } else {
      return;
    }
    event.preventDefault();
  };

  override render() {
    const { id, label, lane, words, editing, offers = [] } = this.props;
    const { text, isJudged, told, chosen } = this.state;
    const items = itemsIn(text, lane?.kind);
    const note = isJudged ? editing.flawOf(text) || told : '';
    const shared = {
      'aria-label': label,
      ...flawed(id, note),
      'aria-controls': offers.length ? `${id}-offers` : undefined,
      'aria-activedescendant': chosen >= 0 ? `${id}-${chosen}` : undefined,
      class: 'jj-field',
      value: text,
      ref: this.#field,
      onKeyDown: this.#onKeyDown,
      onInput: (event: { currentTarget: Field }) =>
        this.setState({ text: event.currentTarget.value, chosen: -1 }),
      onBlur: () => this.#commit('leave')
    };
    return (
      <div class="jj-editor">
        {control(lane, shared, words)}
        {offers.length > 0 && (
          <ul
            id={`${id}-offers`}
            role="listbox"
            class="jj-offers"
            aria-multiselectable="true"
            aria-label={fill(words.options, { cell: lane?.name ?? '' })}
          >
            {offers.map((offer, index) => (
              <li
                key={offer}
                id={`${id}-${index}`}
                role="option"
                aria-selected={items.includes(offer)}
                data-chosen={index === chosen || undefined}
                onPointerDown={event => event.preventDefault()}
                onClick={() => this.#toggle(offer)}
              >
                {offer}
              </li>
            ))}
          </ul>
        )}
        {note && <Flaw id={id} text={note} />}
      </div>
    );
  }
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
