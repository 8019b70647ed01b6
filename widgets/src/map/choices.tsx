/** The window in which the values of a choice, or those offered for chips, are written down. */
import { useState } from 'preact/hooks';

import { itemsIn } from '../store/cells';
import { Dialog } from './dialog';
import { Flaw, flawed } from './flaw';
import { calledIn } from './view';
import { useUniqueId } from '../keys/unique';
import type { Words } from './words';
import { fill } from './words';

export interface Question {
  options: readonly string[];
  /** Which of them can't go, as cells hold them. */
  used: readonly string[];
  keep: (options: string[]) => void;
}

interface ChoicesProps {
  words: Words;
  question: Question;
  onClose: () => void;
}

export function Choices({ words, question, onClose }: ChoicesProps) {
  const noteId = useUniqueId();
  const name = (option: string) => calledIn(words, option);
  const [text, setText] = useState(question.options.map(name).join('\n'));
  const [isJudged, setJudged] = useState(false);
  const known = new Map(question.options.map(it => [name(it), it]));
  const options = [...new Set(itemsIn(text).map(it => known.get(it) ?? it))];
  const lost = question.used.filter(value => !options.includes(value));
  const flaw = !options.length
    ? words.needs_options
    : lost.length
      ? fill(words.needs_used, {
          names: [...new Set(lost)].map(name).join(', ')
        })
      : '';
  const note = isJudged && flaw;
  const keep = () => {
    if (flaw) {
      setJudged(true);
    } else {
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
        {...flawed(noteId, note)}
        placeholder={words.one_per_line}
        value={text}
        onInput={event => setText(event.currentTarget.value)}
      />
      {note && <Flaw id={noteId} text={note} />}
      <button class="jj-button" onClick={keep}>
        {words.keep}
      </button>
    </Dialog>
  );
}
