/** The emotion lane: lines through the whole lane, and in each cell the points on them. */
import { SCORE_RANGE } from '../store/cells';
import type { Lane } from '../store/types';
import type { Grab } from './curve_drag';
import type { Seen, View } from './view';
import { emotionWord, seenAt, signed } from './view';

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

function scoresOf({
  value,
  target,
  figures
}: Seen): Record<LineKind, number | null> {
  const [low, high] = SCORE_RANGE;
  const measured = figures[0]?.value ?? null;
  return {
    assumed: value as number | null,
    measured:
      measured !== null && measured >= low && measured <= high
        ? measured
        : null,
    target
  };
}

/** A line's heights, stage by stage; null where it has no point. */
type Heights = readonly (number | null)[];

/** Which lines a lane has. */
export function linesOf(view: View, lane: Lane): Map<LineKind, Heights> {
  const scores = view.stages.map(stage => scoresOf(seenAt(view, lane, stage)));
  const lines = LINE_KINDS.map(kind => {
    const heights = scores.map(({ [kind]: score }) =>
      score === null ? null : heightOf(score)
    );
    return [kind, heights] as const;
  });
  return new Map(lines.filter(([, it]) => it.some(height => height !== null)));
}

export function Curve({ view, lane }: { view: View; lane: Lane }) {
  const lines = linesOf(view, lane);
  const width = view.stages.length * 100;
  return (
    <svg
      class="jj-curve"
      viewBox={`0 0 ${width} 100`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path class="jj-area" d={gapOf(lines)} />
      <path class="jj-axis" d={`M0 50H${width}`} />
      {[...lines].map(([kind, heights]) => (
        <path key={kind} class={`jj-line jj-${kind}`} d={smooth(heights)} />
      ))}
    </svg>
  );
}

/**
 * The gap that a map is about: between what is assumed and what was measured, or else what is
 * aimed at; with only one line, between it and the neutral one.
 */
export function gapOf(lines: ReadonlyMap<LineKind, Heights>): string {
  const one = lines.get('assumed') ?? [];
  const others = [
    lines.get('measured') ?? [],
    lines.get('target') ?? [],
    one.map(() => 50)
  ];
  const gaps = others.map(other => {
    const under = arcsOf(other);
    return arcsOf(one)
      .map((arc, at) => {
        const [from, leave, arrive, to] = under[at] ?? [];
        return arc && from
          ? `${pathOf(arc)}L${to}C${arrive} ${leave} ${from}Z`
          : '';
      })
      .join('');
  });
  return gaps.find(Boolean) ?? '';
}

/** A curve through the points; a stage without one isn't bridged. */
export function smooth(heights: Heights): string {
  return arcsOf(heights)
    .map((arc, at, all) =>
      arc ? pathOf(arc).slice(all[at - 1] ? arc[0].length + 1 : 0) : ''
    )
    .join('');
}

/** Begin, two handles and end, each as a path has it. */
type Arc = readonly string[];

/**
 * The pieces of a curve from each stage to the next, where both have a point. It never swings
 * beyond its points (monotone cubic, Fritsch–Carlson).
 */
function arcsOf(heights: Heights): (Arc | null)[] {
  const steps = heights.slice(1).map((to, at) => {
    const from = heights[at];
    return from === null || to === null ? null : to - from;
  });
  return steps.map((step, at) => {
    if (step === null) {
      return null;
    }
    const [from, to] = [heights[at] as number, heights[at + 1] as number];
    const leave = from + tangent(steps[at - 1], step) / 3;
    const arrive = to - tangent(step, steps[at + 1]) / 3;
    return [from, leave, arrive, to].map(
      (y, third) => `${round(at * 100 + 50 + (third * 100) / 3)} ${round(y)}`
    );
  });
}

function pathOf([from, ...handles]: Arc): string {
  return `M${from}C${handles.join(' ')}`;
}

/** Flat at the ends and wherever the direction turns, else the harmonic mean of both slopes. */
function tangent(before?: number | null, after?: number | null): number {
  return before && after && before * after > 0
    ? (2 * before * after) / (before + after)
    : 0;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The points of one stage: a face where it is assumed, marks for measured and target. */
export function Points({ seen, onGrab }: { seen: Seen; onGrab?: Grab }) {
  const { assumed, measured, target } = scoresOf(seen);
  const said = (score: number) => signed(score, seen.view.document);
  return (
    <>
      {target !== null && (
        <Mark
          kind="target"
          score={target}
          title={said(target)}
          onGrab={event => onGrab?.(event, 'target')}
        />
      )}
      {measured !== null && (
        <Mark kind="measured" score={measured} title={said(measured)} />
      )}
      {assumed !== null && (
        <span
          class={`jj-point ${isBelow(assumed, [measured, target]) ? 'jj-below' : 'jj-above'}`}
          style={{ top: `${heightOf(assumed)}%` }}
          onPointerDown={event => onGrab?.(event, 'value')}
        >
          <Face score={assumed} />
          <span class="jj-feeling">
            <b>{said(assumed)}</b> {emotionWord(assumed, seen.view.words)}
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
  title: string;
  onGrab?: (event: PointerEvent) => void;
}

function Mark({ kind, score, title, onGrab }: MarkProps) {
  return (
    <span
      class={`jj-mark jj-${kind}`}
      style={{ top: `${heightOf(score)}%` }}
      title={title}
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
