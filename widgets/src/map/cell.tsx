/** One cell: what it shows, its editor when open, and what is wrong with what was typed. */
import { same } from '../store/defaults';
import type { Draft } from '../store/store';
import type { Collection, Stage } from '../store/types';
import { Content } from './content';
import { pointDrag } from './curve_drag';
import { Editor } from './editor';
import { Flaw, flawed } from './flaw';
import { standing } from './heading';
import type { At } from './keys';
import type { Tools } from './menus';
import type { Row } from './view';
import { nameOf, offersOf, seenAt } from './view';
import type { Words } from './words';
import { fill } from './words';

interface MapCellProps {
  row: Row;
  stage: Stage;
  at: At;
  tools: Tools;
  isFound: boolean;
}

export function MapCell(props: MapCellProps) {
  const { row, stage, at, tools } = props;
  const { desk, typing } = tools;
  const { view, lane } = row;
  const seen = seenAt(view, lane, stage);
  const { evidence } = seen;
  const name = nameOf(seen);
  const editing = same(typing.editing?.at, at) ? typing.editing : null;
  const draft = typing.draftAt(at);
  const typed = draft && textOf(draft, view.words);
  const noteId = `${desk.id}-${at.join()}`;
  const note = editing ? '' : typing.complaintAt(at);
  const isEditable = desk.isEditable(at);
  const onGrab = pointDrag(tools, at);
  return (
    <div
      role="gridcell"
      class={props.isFound ? 'jj-cell jj-found' : 'jj-cell'}
      data-evidence={evidence}
      data-open={editing && ''}
      data-shared={seen.isBorrowed || undefined}
      {...standing(tools, at, editing !== null)}
      aria-label={editing ? undefined : typed ? `${name}. ${typed}` : name}
      aria-readonly={!isEditable}
      aria-selected={isInRange(at, desk.range)}
      {...flawed(noteId, note)}
      onDblClick={() => !editing && typing.open(at)}
      onPointerDown={event => tools.drags.sweep(event, at)}
    >
      {editing ? (
        <Editor
          {...{ lane, editing, typing, words: view.words }}
          id={noteId}
          label={
            editing.field === 'target'
              ? fill(view.words.target_value, { value: name })
              : name
          }
          offers={offersOf(view, lane)}
        />
      ) : (
        <>
          {!(typed && draft.field === 'value') && (
            <Content
              seen={seen}
              onGrab={isEditable ? onGrab : undefined}
              onCard={id => {
                desk.arrive(at);
                const kind = lane.refers_to as Collection;
                tools.show({ shows: 'card', kind, id });
              }}
            />
          )}
          {typed && <p class="jj-text jj-draft">{typed}</p>}
        </>
      )}
      {evidence !== 'assumed' && !editing && (
        <span class="jj-evidence" aria-hidden="true">
          {view.words.evidences[evidence]}
        </span>
      )}
      {note && <Flaw id={noteId} text={note} isQuiet />}
    </div>
  );
}

function isInRange([row, column]: At, range: Tools['desk']['range']): boolean {
  return (
    row >= range.top &&
    row <= range.bottom &&
    column >= range.left &&
    column <= range.right
  );
}

function textOf({ field, text }: Draft, words: Words): string {
  return text && field === 'target'
    ? fill(words.target_value, { value: text })
    : (text ?? '');
}
