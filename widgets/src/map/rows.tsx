/** The rows of the map: groups, stages, lanes, and the lines of a blueprint. */
import { theme } from '../generated/theme';
import type { Lane } from '../store/types';
import { Curve, linesOf } from './curve';
import { Icon } from './icon';
import type { View } from './view';

const TONES: Record<string, string> = theme.tones;

export function Head({ view }: { view: View }) {
  const { words, stages, groups } = view;
  return (
    <div role="rowgroup" class="jj-head">
      {groups.length > 0 && (
        <div role="row" class="jj-row jj-groups">
          <div role="columnheader" class="jj-corner">
            <span class="jj-hidden">{words.group}</span>
          </div>
          {groups.map((group, index) => (
            <div
              key={index}
              role="columnheader"
              class="jj-group"
              aria-colspan={group.width}
              style={{ gridColumn: `span ${group.width}` }}
            >
              {group.name}
            </div>
          ))}
        </div>
      )}
      <div role="row" class="jj-row jj-stages">
        <div role="columnheader" class="jj-corner">
          <span class="jj-hidden">{words.lane}</span>
        </div>
        {stages.map(stage => (
          <div key={stage.id} role="columnheader" class="jj-stage">
            <span>{stage.name}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

interface LaneRowProps {
  view: View;
  lane: Lane;
  children: preact.ComponentChildren;
}

export function LaneRow({ view, lane, children }: LaneRowProps) {
  const { words } = view;
  const lines =
    lane.kind === 'score' ? [...linesOf(view, lane).keys()].reverse() : [];
  const isBlank = !view.document.cells?.some(cell => cell.lane_id === lane.id);
  return (
    <>
      <div
        role="row"
        class={`jj-row jj-lane jj-kind-${lane.kind}`}
        data-tone={TONES[lane.id]}
      >
        <div role="rowheader" class="jj-name">
          <Icon lane={lane} />
          <div>
            <span>{lane.name}</span>
            {isBlank && lane.prompt && (
              <span class="jj-prompt" aria-hidden="true">
                {lane.prompt}
              </span>
            )}
            {lines.length > 1 &&
              lines.map(kind => (
                <span key={kind} class={`jj-key jj-${kind}`}>
                  {words[kind]}
                </span>
              ))}
          </div>
        </div>
        {lane.kind === 'score' && <Curve view={view} lane={lane} />}
        {children}
      </div>
      {lane.line_after && (
        <div role="row" class="jj-row jj-border">
          <div role="rowheader" aria-colspan={view.stages.length + 1}>
            <span>{words.lines[lane.line_after]}</span>
          </div>
        </div>
      )}
    </>
  );
}
