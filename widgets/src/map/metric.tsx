/** Figures in a metric lane: what was computed, on what it rests, and what a person set instead. */
import type { Lane, Measurement } from '../store/types';
import type { ContentProps } from './content';
import {
  difference,
  joined,
  quantity,
  scaleOf,
  shown,
  written
} from './figures';
import type { View } from './view';
import { stateOf } from './view';
import { fill } from './words';

export function Figures({ seen }: ContentProps) {
  const { view, lane, figures, target } = seen;
  const { document, words } = view;
  const own = seen.value as number | null;
  const unit = figures[0]?.unit;
  return (
    <div>
      {own !== null && !figures.length && (
        <Own value={own} {...{ unit, view }} />
      )}
      {figures.map((figure, index) => (
        <Figure
          key={figure.id}
          {...{ view, lane, figure }}
          // What a person set stands for the first.
          own={index === 0 ? own : null}
        />
      ))}
      {target !== null && (
        <p class="jj-small jj-aim">
          {fill(words.target_value, { value: written(target, unit, document) })}
        </p>
      )}
    </div>
  );
}

interface OwnProps {
  view: View;
  value: number;
  unit: string | undefined;
  said?: string;
}

/** What a person set, and how far that is from what was computed. */
function Own({ view, value, unit, said }: OwnProps) {
  return (
    <>
      <Amount {...quantity(value, unit, view.document)} />
      <p class="jj-small">{said ?? view.words.by_hand}</p>
    </>
  );
}

function Amount({ value, unit }: { value: string; unit: string }) {
  return (
    <p>
      <b class="jj-value">{value}</b>
      {unit && <span class="jj-unit">{unit}</span>}
    </p>
  );
}

interface FigureProps {
  view: View;
  lane: Lane;
  figure: Measurement;
  own: number | null;
}

function Figure({ view, lane, figure, own }: FigureProps) {
  const { document, words } = view;
  const it = shown(figure, document, words);
  const state = view.states[figure.id];
  const scale = scaleOf(
    view.figures.filter(other => other.lane_id === lane.id),
    figure.unit
  );
  return (
    <div class="jj-figure">
      <p class="jj-small">{it.name}</p>
      {own === null ? (
        <Amount {...it} />
      ) : (
        <>
          <Own
            value={own}
            unit={figure.unit}
            view={view}
            said={
              typeof figure.value === 'number'
                ? fill(words.point, {
                    word: words.by_hand,
                    score: difference(
                      own - figure.value,
                      figure.unit,
                      document,
                      words
                    )
                  })
                : words.by_hand
            }
          />
          <p class="jj-computed">
            {fill(words.computed, { value: joined(it) })}
          </p>
        </>
      )}
      {it.whisker && <Whisker {...it.whisker} scale={scale} />}
      <p class="jj-small jj-basis">
        {it.basis.map(text => (
          <span key={text}>{text}</span>
        ))}
      </p>
      {it.trend && (
        <p class="jj-small jj-basis jj-trend" data-mood={it.trend.mood}>
          <b>
            <span aria-hidden="true">{WAYS[it.trend.way]}</span> {it.trend.text}
          </b>
          <span>{it.trend.since}</span>
        </p>
      )}
      {state && (
        <p class="jj-small jj-state" data-state={state}>
          <span aria-hidden="true">{SHAPES[state] ?? '?'}</span>{' '}
          {stateOf(view, figure)}
        </p>
      )}
    </div>
  );
}

// Never by colour alone: a shape, too, and the word behind it.
const WAYS = { up: '▲', down: '▼', level: '=' };
const SHAPES: Record<string, string> = {
  fresh: '✓',
  stale: '◷',
  'no-source': '○',
  broken: '✕'
};

function Whisker(props: {
  value: number;
  low: number;
  high: number;
  scale: [number, number];
}) {
  const [from, to] = props.scale;
  const at = (value: number) => ((value - from) / (to - from || 1)) * 96 + 2;
  const [low, high] = [at(props.low), at(props.high)];
  return (
    <svg
      class="jj-whisker"
      viewBox="0 0 100 10"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path class="jj-axis" d="M0 5H100" />
      <path d={`M${low} 1V9M${low} 5H${high}M${high} 1V9`} />
      <path class="jj-dot" d={`M${at(props.value)} 5h.01`} />
    </svg>
  );
}
