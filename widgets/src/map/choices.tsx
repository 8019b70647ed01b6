/** The window in which the values of a choice, or those offered for chips, are written down. */
import { Component } from 'preact';

import { itemsIn } from '../store/cells';
import { Dialog } from './dialog';
import { Flaw, flawed } from './flaw';
import { calledIn } from './view';
import type { Words } from './words';
import { fill } from './words';

export interface Question {
  options: readonly string[];
  /** Which of them can't go, as cells hold them. */
  used: readonly string[];
  keep: (options: string[]) => void;
}

interface ChoicesProps {
  id: string;
  words: Words;
  question: Question;
  onClose: () => void;
}

interface Written {
  text: string;
  isJudged: boolean;
}

export class Choices extends Component<ChoicesProps, Written> {
  override state: Written = {
    text: this.props.question.options.map(it => this.#name(it)).join('\n'),
    isJudged: false
  };

  #name(option: string): string {
    return calledIn(this.props.words, option);
  }

  override render() {
    const { id, words, question, onClose } = this.props;
    const { text, isJudged } = this.state;
    const known = new Map(question.options.map(it => [this.#name(it), it]));
    const options = [...new Set(itemsIn(text).map(it => known.get(it) ?? it))];
    const lost = question.used.filter(value => !options.includes(value));
    const names = [...new Set(lost)]
      .map(it => this.#name(it))
      .join(words.joint);
    const flaw = !options.length
      ? words.needs_options
      : names && fill(words.needs_used, { names });
    const note = isJudged && flaw;
    const keep = () => {
      this.setState({ isJudged: true });
      if (!flaw) {
        onClose();
        question.keep(options);
      }
    };
    return (
      <Dialog title={words.choices} {...{ words, onClose }}>
        <textarea
          class="jj-field jj-choices"
          rows={6}
          dir="auto"
          autofocus
          aria-label={words.choices}
          {...flawed(id, note)}
          placeholder={words.one_per_line}
          value={text}
          onInput={event => this.setState({ text: event.currentTarget.value })}
        />
        {note && <Flaw id={id} text={note} />}
        <button class="jj-button" onClick={keep}>
          {words.keep}
        </button>
      </Dialog>
    );
  }
}
