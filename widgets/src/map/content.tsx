/** What a cell shows, by the kind of its lane. */
import { isDay } from '../store/cells';
import type { Lane, LaneKind } from '../store/types';
import { channelOf } from './channels';
import { Points } from './curve';
import type { Grab } from './curve_drag';
import { Figures } from './metric';
import { signs } from './signs';
import { ChannelIcon } from './icon';
import type { Seen } from './view';
import { calledIn, chipColours, itemsOf } from './view';
import { fill } from './words';

export interface ContentProps {
  seen: Seen;
  onGrab?: Grab;
  onCard?: (id: string) => void;
}

type Shower = (props: ContentProps) => preact.ComponentChild;

const Text: Shower = ({ seen: { lane, value } }) => (
  <p class={isQuoted(lane) ? 'jj-text jj-quoted' : 'jj-text'} dir="auto">
    {String(value)}
  </p>
);

const SHOW: Record<LaneKind, Shower> = {
  text: Text,
  list: ({ seen }) => (
    <ul class="jj-list" dir="auto">
      {itemsOf(seen).map((item, index) => (
        <li key={index}>{item}</li>
      ))}
    </ul>
  ),
  chips: ({ seen }) => {
    const { view } = seen;
    const colours = chipColours(view, seen.lane);
    return (
      <span class="jj-chips" dir="auto">
        {itemsOf(seen).map((item, index) => (
          <span
            key={index}
            class="jj-chip"
            style={colouredAs(colours.get(item))}
          >
            <ChannelIcon channel={channelOf(item, view.words)} />
            {item}
          </span>
        ))}
      </span>
    );
  },
  reference: ({ seen, onCard }) => (
    <span class="jj-references" dir="auto">
      {itemsOf(seen).map((item, index) => (
        <span key={index} class="jj-reference">
          {item}
          <button
            class="jj-info"
            tabIndex={-1}
            aria-label={fill(seen.view.words.card, { name: item })}
            onClick={() => onCard?.((seen.value as string[])[index])}
          />
        </span>
      ))}
    </span>
  ),
  choice: ({ seen: { view, value } }) => (
    <span class="jj-choice">{calledIn(view.words, String(value))}</span>
  ),
  date: ({ seen: { view, value } }) => (
    <p class="jj-text">{day(String(value), view.document.language)}</p>
  ),
  image: Text,
  score: Points,
  metric: Figures
};

export function Content(props: ContentProps) {
  const { lane, value } = props.seen;
  const hasFigures = lane.kind === 'metric' || lane.kind === 'score';
  return value === null && !hasFigures ? null : <>{SHOW[lane.kind](props)}</>;
}

function colouredAs(colour = 0) {
  const name = `--jj-chip${colour}`;
  return { background: `var(${name})`, color: `var(${name}-text)` };
}

function isQuoted({ id }: Lane): boolean {
  const lanes: readonly string[] = signs.quoted;
  return lanes.includes(id);
}

function day(text: string, language = 'en'): string {
  return isDay(text)
    ? new Date(text).toLocaleDateString(language, {
        dateStyle: 'medium',
        timeZone: 'UTC'
      })
    : text;
}
