/** Figures in a metric lane: what was computed, its interval, and what a person set instead. */
import type { Measurement, Value } from '../store/types';
import type { ContentProps } from './content';
import type { Shown } from './figures';
import { quantity, scaleOf, shown } from './figures';
import { figuresOf } from './view';
import { fill } from './words';

export function Figures(props: ContentProps & { value: Value }) {
  const { view, lane, stage, value } = props;
  const figures = figuresOf(view, lane, stage);
  const scaleFor = (unit: string | undefined) =>
    scaleOf(
      view.figures.filter(figure => figure.lane_id === lane.id),
      unit
    );
  const [main, ...others] = figures.map((figure: Measurement) => ({
    ...shown(figure, view.document, view.words),
    state: stateOf(figure.id, props),
    scale: scaleFor(figure.unit)
  }));
  const override =
    typeof value === 'number' &&
    quantity(value, figures[0]?.unit, view.document);
  const computed = main && [main.value, main.unit].filter(Boolean).join(' ');
  return (
    <div class="jj-figures">
      {override && (
        <>
          <Amount {...override} />
          <p class="jj-small">{view.words.by_hand}</p>
        </>
      )}
      {override && computed && (
        <p class="jj-small">{fill(view.words.computed, { value: computed })}</p>
      )}
      {!override && main && <Figure {...main} />}
      {main?.state && (
        <p class="jj-state">
          <span aria-hidden="true">⚠</span> {main.state}
        </p>
      )}
      {others.map((figure, index) => (
        <p key={index} class="jj-small">
          {figure.name}: {figure.value} {figure.unit}
        </p>
      ))}
    </div>
  );
}

/** Why a figure is no longer to be trusted, in words; nothing where it is, or nobody looked. */
function stateOf(id: string, { states, view }: ContentProps): string {
  const state = states?.[id];
  const words: Record<string, string> = view.words.states;
  return state && state !== 'fresh' ? (words[state] ?? state) : '';
}

function Amount({ value, unit }: { value: string; unit: string }) {
  return (
    <p>
      <b class="jj-value">{value}</b>
      {unit && <span class="jj-unit">{unit}</span>}
    </p>
  );
}

function Figure(props: Shown & { scale: [number, number] }) {
  return (
    <>
      <Amount value={props.value} unit={props.unit} />
      {props.whisker && <Whisker {...props.whisker} scale={props.scale} />}
      <p class="jj-small">
        {props.name}
        {props.n && <span class="jj-n">{props.n}</span>}
      </p>
    </>
  );
}

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
