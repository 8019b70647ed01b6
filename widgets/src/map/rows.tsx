/** The rows of the map: groups, stages, lanes, bands, and the lines of a blueprint. */
import { Curve, linesOf } from './curve';
import type { Handles } from './heading';
import { Heading } from './heading';
import { Icon } from './icon';
import { fold, hasSteps } from './menus';
import { signs } from './signs';
import type { Row, View } from './view';
import { fill } from './words';

export function Head({ view, handles }: { view: View; handles: Handles }) {
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
              class={group.name ? 'jj-group' : 'jj-group jj-nameless'}
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
        {stages.map((stage, column) => (
          <Heading
            key={stage.id}
            {...{ handles, id: stage.id, name: stage.name }}
            at={[-1, column]}
            class={stage.parent_id ? 'jj-stage jj-step' : 'jj-stage'}
            before={<Fold {...{ handles, stage, view }} />}
          />
        ))}
      </div>
    </div>
  );
}

interface FoldProps {
  handles: Handles;
  stage: View['stages'][number];
  view: View;
}

function Fold({ handles: { desk }, stage, view }: FoldProps) {
  if (!hasSteps(desk, stage)) {
    return null;
  }
  const { words, document } = view;
  const isOpen = !desk.looks.folded.includes(stage.id);
  const count = (document.stages ?? []).filter(
    ({ parent_id }) => parent_id === stage.id
  ).length;
  return (
    <button
      class="jj-fold"
      tabIndex={-1}
      aria-expanded={isOpen}
      aria-label={`${stage.name}: ${fill(words.steps, { count })}`}
      onClick={() => fold(desk, stage)}
    >
      {isOpen ? '▾' : '▸'}
    </button>
  );
}

interface LaneRowProps {
  row: Row;
  index: number;
  handles: Handles;
  children: preact.ComponentChildren;
}

export function LaneRow({ row, index, handles, children }: LaneRowProps) {
  const { lane, view, heading } = row;
  const { words } = view;
  const lines =
    lane.kind === 'score' ? [...linesOf(view, lane).keys()].reverse() : [];
  const tones: Record<string, string> = signs.tones;
  const { cells = [], measurements = [] } = view.document;
  const isBlank = ![...cells, ...measurements].some(
    ({ lane_id }) => lane_id === lane.id
  );
  return (
    <>
      {heading && <Across view={view} class="jj-band" text={heading} />}
      <div
        role="row"
        class={`jj-row jj-lane jj-kind-${lane.kind}`}
        data-tone={tones[lane.id]}
      >
        <Heading
          {...{ handles, id: lane.id, name: lane.name }}
          at={[index, -1]}
          class="jj-name"
          before={<Icon lane={lane} />}
        >
          {lane.locked && <span class="jj-prompt">🔒 {words.locked}</span>}
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
        </Heading>
        {lane.kind === 'score' && <Curve view={view} lane={lane} />}
        {children}
      </div>
      {lane.line_after && (
        <Across
          view={view}
          class="jj-border"
          text={words.lines[lane.line_after]}
        />
      )}
    </>
  );
}

/** A row of one heading: where a band begins, or a line of a blueprint. */
function Across(props: { view: View; class: string; text: string }) {
  return (
    <div role="row" class={`jj-row ${props.class}`}>
      <div role="rowheader" aria-colspan={props.view.stages.length + 1}>
        <span>{props.text}</span>
      </div>
    </div>
  );
}
