/** The emotion lane: lines through the whole lane, and in each cell the points on them. */
import { SCORE_RANGE } from '../store/cells';
import type { Lane, Stage } from '../store/types';
import type { Grab } from './curve_drag';
import type { View } from './view';
import { cellOf, emotionWord, figuresOf, signed } from './view';

export type LineKind = 'assumed' | 'measured' | 'target';
export const LINE_KINDS = ['target', 'measured', 'assumed'] as const;

/** How many percent of its lane's height a point of the score takes: labels fit beyond the ends. */
const STEEPNESS = 13;

/** A score's height in its lane, in percent from the top. */
export function heightOf(score: number): number {
  return 50 - score * STEEPNESS;
}

/** The score at a height: the inverse of `heightOf`. */
export function scoreAt(height: number): number {
  return (50 - height) / STEEPNESS;
}

export function scoresOf(
  view: View,
  lane: Lane,
  stage: Stage
): Record<LineKind, number | null> {
  const cell = cellOf(view, lane, stage);
  const [low, high] = SCORE_RANGE;
  const measured = figuresOf(view, lane, stage)[0]?.value ?? null;
  return {
    assumed: typeof cell?.value === 'number' ? cell.value : null,
    measured:
      measured !== null && measured >= low && measured <= high
        ? measured
        : null,
    target: cell?.target ?? null
  };
}

type Point = readonly [x: number, y: number];

/** Which lines a lane has. */
export function linesOf(view: View, lane: Lane): Map<LineKind, Point[]> {
  const scores = view.stages.map(stage => scoresOf(view, lane, stage));
  const lines = LINE_KINDS.map(kind => {
    const points = scores.flatMap((score, index) => {
      const value = score[kind];
      return value === null
        ? []
        : [[index * 100 + 50, heightOf(value)] as const];
    });
    return [kind, points] as const;
  });
  return new Map(lines.filter(([, points]) => points.length));
}

export function Curve({ view, lane }: { view: View; lane: Lane }) {
  const lines = linesOf(view, lane);
  return (
    <svg
      class="jj-curve"
      viewBox={`0 0 ${view.stages.length * 100} 100`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {gapOf(lines).map(path => (
        <path key={path} class="jj-area" d={path} />
      ))}
      <path class="jj-neutral" d={`M0 50H${view.stages.length * 100}`} />
      {[...lines].map(([kind, points]) => (
        <path key={kind} class={`jj-line jj-${kind}`} d={smooth(points)} />
      ))}
    </svg>
  );
}

/**
 * The gap that a map is about: between what is assumed and what was measured, or else what is
 * aimed at; with only one line, between it and the neutral one.
 */
export function gapOf(lines: Map<LineKind, Point[]>): string[] {
  const [one, other] = [
    lines.get('assumed') ?? [],
    lines.get('measured') ?? lines.get('target') ?? []
  ];
  const runs = runsOf(one, other);
  if (runs.length) {
    return runs.map(([over, under]) => {
      const back = smooth([...under].reverse());
      return `${smooth(over)}L${back.slice(1)}Z`;
    });
  }
  const from = one[0]?.[0];
  return one.length > 1
    ? [`${smooth(one)}L${one[one.length - 1][0]} 50L${from} 50Z`]
    : [];
}

/** Stretches of neighbouring stages at which both lines have a point. */
function runsOf(one: Point[], other: Point[]): [Point[], Point[]][] {
  const runs: [Point[], Point[]][] = [];
  let last: number | undefined;
  for (const point of one) {
    const twin = other.find(([x]) => x === point[0]);
    if (!twin) {
      continue;
    }
    if (last === undefined || point[0] - last > 100) {
      runs.push([[], []]);
    }
    last = point[0];
    const run = runs[runs.length - 1];
    run[0].push(point);
    run[1].push(twin);
  }
  return runs.filter(([over]) => over.length > 1);
}

/** A curve through the points that never swings beyond them (monotone cubic, Fritsch–Carlson). */
export function smooth(points: readonly Point[]): string {
  const slopes = points
    .slice(1)
    .map(([x, y], at) => (y - points[at][1]) / (x - points[at][0]));
  const tangents = points.map((_, at) => tangent(slopes[at - 1], slopes[at]));
  return points
    .map(([x, y], at) => {
      if (at === 0) {
        return `M${x} ${round(y)}`;
      }
      const [beforeX, beforeY] = points[at - 1];
      const third = (x - beforeX) / 3;
      return (
        `C${round(beforeX + third)} ${round(beforeY + tangents[at - 1] * third)}` +
        ` ${round(x - third)} ${round(y - tangents[at] * third)} ${x} ${round(y)}`
      );
    })
    .join('');
}

/** Flat at the ends and wherever the direction turns, else the harmonic mean of both slopes. */
function tangent(
  before: number | undefined,
  after: number | undefined
): number {
  if (before === undefined || after === undefined || before * after <= 0) {
    return 0;
  }
  return (2 * before * after) / (before + after);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The points of one stage: a face where it is assumed, marks for measured and target. */
export function Points(props: {
  view: View;
  lane: Lane;
  stage: Stage;
  onGrab?: Grab;
}) {
  const scores = scoresOf(props.view, props.lane, props.stage);
  const { assumed, measured, target } = scores;
  const { onGrab } = props;
  return (
    <>
      {target !== null && (
        <Mark
          kind="target"
          score={target}
          onGrab={event => onGrab?.(event, 'target')}
        />
      )}
      {measured !== null && <Mark kind="measured" score={measured} />}
      {assumed !== null && (
        <span
          class={`jj-point ${isBelow(assumed, [measured, target]) ? 'jj-below' : 'jj-above'}`}
          style={{ top: `${heightOf(assumed)}%` }}
          onPointerDown={event => onGrab?.(event, 'value')}
        >
          <Face score={assumed} />
          <span class="jj-feeling">
            <b>{signed(assumed)}</b> {emotionWord(assumed, props.view.words)}
          </span>
        </span>
      )}
    </>
  );
}

/** On which side the words stand: away from the other marks, else away from the middle. */
function isBelow(score: number, marks: (number | null)[]): boolean {
  const sides = marks.map(mark => Math.sign((mark ?? score) - score));
  return (sides[0] + sides[1] || -score) > 0;
}

interface MarkProps {
  kind: LineKind;
  score: number;
  onGrab?: (event: PointerEvent) => void;
}

function Mark({ kind, score, onGrab }: MarkProps) {
  return (
    <span
      class={`jj-mark jj-${kind}`}
      style={{ top: `${heightOf(score)}%` }}
      title={signed(score)}
      onPointerDown={onGrab}
    />
  );
}

function Face({ score }: { score: number }) {
  const corner = round(14.8 - score * 0.7);
  const middle = round(14.8 + score * 2.1);
  return (
    <svg class="jj-face" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="10" />
      <path
        d={`M9 9.4h.01M15 9.4h.01M7.8 ${corner}Q12 ${middle} 16.2 ${corner}`}
      />
    </svg>
  );
}
