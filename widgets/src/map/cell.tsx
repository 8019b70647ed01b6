/** One cell: what it shows, its editor when open, and what is wrong with what was typed. */
import { same } from '../store/defaults';
import type { Draft } from '../store/store';
import type { Collection, Stage } from '../store/types';
import { Content } from './content';
import { usePointDrag } from './curve_drag';
import { Editor } from './editor';
import { Flaw, flawed } from './flaw';
import type { Handles } from './heading';
import { standing } from './heading';
import type { At } from './keys';
import type { Tools } from './menus';
import { useUniqueId } from './unique';
import type { Drags } from './use_drag';
import type { Row } from './view';
import { cellOf, isBorrowed, nameOf, offersOf } from './view';
import type { Words } from './words';
import { fill } from './words';

interface MapCellProps {
  row: Row;
  stage: Stage;
  at: At;
  handles: Handles & Pick<Drags, 'sweep'>;
  tools: Tools;
  isFound: boolean;
}

export function MapCell(props: MapCellProps) {
  const { row, stage, at, handles, tools } = props;
  const { desk, typing } = tools;
  const { view, lane } = row;
  const name = nameOf(view, lane, stage);
  const editing = same(typing.editing?.at, at) ? typing.editing : null;
  const draft = typing.draftAt(at);
  const typed = draft && textOf(draft, view.words);
  const noteId = useUniqueId();
  const note = editing ? '' : typing.complaintAt(at);
  const isEditable = desk.isEditable(at);
  const onGrab = usePointDrag(tools, at);
  const evidence = cellOf(view, lane, stage)?.evidence ?? 'assumed';
  return (
    <div
      role="gridcell"
      class={props.isFound ? 'jj-cell jj-found' : 'jj-cell'}
      data-evidence={evidence}
      data-shared={isBorrowed(view, lane, stage) || undefined}
      {...standing(handles, at, editing !== null)}
      aria-label={editing ? undefined : typed ? `${name}. ${typed}` : name}
      aria-readonly={!isEditable}
      aria-selected={isInRange(at, desk.range)}
      {...flawed(noteId, note)}
      onDblClick={() => !editing && typing.open(at)}
      onPointerDown={event => handles.sweep(event, at)}
    >
      {editing ? (
        <Editor
          {...{ lane, editing, typing, words: view.words }}
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
              {...{ view, lane, stage }}
              onGrab={isEditable ? onGrab : undefined}
              onCard={id => {
                desk.arrive(at);
                tools.showCard(lane.refers_to as Collection, id);
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
  return field === 'target' && text !== null
    ? fill(words.target_value, { value: text })
    : (text ?? '');
}
