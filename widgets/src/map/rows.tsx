/** The rows of the map: groups, stages, lanes, bands, and the lines of a blueprint. */
import type { Stage } from '../store/types';
import { Curve, linesOf } from './curve';
import { Heading } from './heading';
import { Icon } from './icon';
import type { Tools } from './menus';
import { fold, hasSteps } from './menus';
import { signs } from './signs';
import type { Row, View } from './view';
import { plural } from './words';

export function Head({ tools }: { tools: Tools }) {
  const { words, stages, groups } = tools.desk.view;
  return (
    <div role="rowgroup" class="jj-head">
      {groups.length > 0 && (
        <div role="row" class="jj-row">
          <Corner text={words.group} />
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
      <div role="row" class="jj-row">
        <Corner text={words.lane} />
        {stages.map((stage, column) => (
          <Heading
            key={stage.id}
            {...{ tools, id: stage.id, name: stage.name }}
            at={[-1, column]}
            class={stage.parent_id ? 'jj-stage jj-step' : 'jj-stage'}
            before={<Fold {...{ tools, stage }} />}
          />
        ))}
      </div>
    </div>
  );
}

function Corner({ text }: { text: string }) {
  return (
    <div role="columnheader" class="jj-corner">
      <span class="jj-hidden">{text}</span>
    </div>
  );
}

function Fold({ tools: { desk }, stage }: { tools: Tools; stage: Stage }) {
  if (!hasSteps(desk, stage)) {
    return null;
  }
  const { words, document } = desk;
  const isOpen = !desk.looks.folded.includes(stage.id);
  const count = (document.stages ?? []).filter(
    ({ parent_id }) => parent_id === stage.id
  ).length;
  return (
    <button
      class="jj-fold"
      tabIndex={-1}
      aria-expanded={isOpen}
      aria-label={`${stage.name}: ${plural(words.steps, count, words.language)}`}
      onClick={() => fold(desk, stage)}
    >
      {isOpen ? '▾' : '▸'}
    </button>
  );
}

interface LaneRowProps {
  row: Row;
  index: number;
  tools: Tools;
  children: preact.ComponentChildren;
}

export function LaneRow({ row, index, tools, children }: LaneRowProps) {
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
          {...{ tools, id: lane.id, name: lane.name }}
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
