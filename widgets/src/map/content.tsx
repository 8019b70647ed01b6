/** What a cell shows, by the kind of its lane. */
import type { Lane, LaneKind, Stage, Value } from '../store/types';
import { channelOf } from './channels';
import { Points } from './curve';
import type { Grab } from './curve_drag';
import { Figures } from './metric';
import { signs } from './signs';
import { ChannelIcon } from './icon';
import type { View } from './view';
import { calledIn, cellOf, chipColours, itemsOf } from './view';
import { fill } from './words';

export interface ContentProps {
  view: View;
  lane: Lane;
  stage: Stage;
  onGrab?: Grab;
  onCard?: (id: string) => void;
}

type Shower = (props: ContentProps & { value: Value }) => preact.ComponentChild;

const SHOW: Record<LaneKind, Shower> = {
  text: ({ lane, value }) => (
    <p class={isQuoted(lane) ? 'jj-text jj-quoted' : 'jj-text'} dir="auto">
      {String(value)}
    </p>
  ),
  list: ({ view, lane, value }) => (
    <ul class="jj-list" dir="auto">
      {itemsOf(view, lane, value).map((item, index) => (
        <li key={index}>{item}</li>
      ))}
    </ul>
  ),
  chips: ({ view, lane, value }) => {
    const colours = chipColours(view, lane);
    return (
      <span class="jj-chips" dir="auto">
        {itemsOf(view, lane, value).map((item, index) => (
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
  reference: ({ view, lane, value, onCard }) => (
    <span class="jj-references" dir="auto">
      {itemsOf(view, lane, value).map((item, index) => (
        <span key={index} class="jj-reference">
          {item}
          <button
            class="jj-info"
            tabIndex={-1}
            aria-label={fill(view.words.card, { name: item })}
            onClick={() => onCard?.((value as string[])[index])}
          />
        </span>
      ))}
    </span>
  ),
  choice: ({ view, value }) => (
    <span class="jj-choice">{calledIn(view.words, String(value))}</span>
  ),
  date: ({ view, value }) => (
    <p class="jj-text">{day(String(value), view.document.language)}</p>
  ),
  image: ({ value }) => <p class="jj-text">{String(value)}</p>,
  score: Points,
  metric: Figures
};

export function Content(props: ContentProps) {
  const value = cellOf(props.view, props.lane, props.stage)?.value ?? null;
  const { kind } = props.lane;
  const hasFigures = kind === 'metric' || kind === 'score';
  return value === null && !hasFigures ? null : (
    <>{SHOW[kind]({ ...props, value })}</>
  );
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
  return /^\d{4}-\d\d-\d\d$/.test(text)
    ? new Date(`${text}T00:00:00Z`).toLocaleDateString(language, {
        dateStyle: 'medium',
        timeZone: 'UTC'
      })
    : text;
}
