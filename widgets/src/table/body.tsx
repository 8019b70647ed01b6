/** The rows in sight. */
import { useMemo } from 'preact/hooks';

import type { Value } from '../store/frame_types';
import { INDEX, placeOf } from '../store/frame_types';
import type { Area, Grid } from './actions';
import { fieldAt, obstacle } from './actions';
import { Cell, spoken } from './cell';
import { Editor } from './editor';
import type { EditorProps } from './editor';
import { fill } from './words';

export interface Editing {
  frame_id: string;
  key: number;
  column: number;
  /** The column's name: in another frame, another may stand at its place. */
  label: string;
  /** What the cell held when it opened; undefined where Python had yet to say. */
  old: Value | undefined;
  text: string;
  isFresh: boolean;
}

export interface BodyProps {
  grid: Grid;
  rowsInSight: readonly { index: number; start: number }[];
  columnsInSight: readonly number[];
  height: number;
  active: { row: number; column: number };
  area: Area;
  editing: Editing | null;
  isReadOnly: boolean;
  frozenAt: (place: number) => number | null;
  onCommit: EditorProps['onCommit'];
  onCancel: () => void;
}

export function Body(props: BodyProps) {
  return (
    <div
      role="rowgroup"
      class="jf-body"
      style={{ height: `${props.height}px` }}
    >
      {props.rowsInSight.map(({ index, start }) => (
        <Row
          key={props.grid.keys[index]}
          {...props}
          row={index}
          start={start}
        />
      ))}
    </div>
  );
}

interface RowProps extends BodyProps {
  row: number;
  start: number;
}

/** Drawn anew only where something of it changed: of the rows in sight, an edit changes two. */
function Row(props: RowProps) {
  const { grid, row, start, active, area, editing, columnsInSight } = props;
  const { about, drafts, rows } = grid.state;
  const key = grid.keys[row];
  const isChosen = row >= area.top && row <= area.bottom;
  const ofCell = (column: number) => [
    rows.value(key, column),
    drafts.get(placeOf(key, column))
  ];
  return useMemo(
    () => <Line {...props} />,
    [
      ...[grid.voice, about.columns, about.index, grid.columns],
      ...[row, start, grid.locked.has(key), props.isReadOnly],
      ...[active.row === row && active.column],
      ...[isChosen && area.left, isChosen && area.right],
      // What is done in an open cell is done to the table as it is now.
      ...[editing?.key === key && props],
      ...ofCell(INDEX),
      ...columnsInSight.flatMap(place => [
        ...[place, props.frozenAt(place)],
        ...ofCell(grid.columns[place])
      ])
    ]
  );
}

function Line(props: RowProps) {
  const { grid, row, active, area, columnsInSight, editing } = props;
  const key = grid.keys[row];
  const label = labelOf(grid, key);
  const isLocked = grid.locked.has(key);
  const isInside = (column: number) =>
    row >= area.top &&
    row <= area.bottom &&
    column >= area.left &&
    column <= area.right;
  const isRowOpen = editing?.key === key;
  const isLabelOpen = isRowOpen && editing.column === INDEX;
  const labelDraft = grid.state.drafts.get(placeOf(key, INDEX));
  return (
    <div
      role="row"
      class="jf-row jf-line"
      data-open={isRowOpen ? '' : undefined}
      aria-rowindex={row + 2}
      style={{ transform: `translateY(${props.start}px)` }}
    >
      <div
        role="rowheader"
        class="jf-key"
        data-at={`${row},-1`}
        data-open={isLabelOpen ? '' : undefined}
        aria-colindex={1}
        aria-selected={isInside(-1)}
        aria-invalid={labelDraft ? 'true' : undefined}
        title={labelDraft?.reason}
        tabIndex={active.row === row && active.column === -1 ? 0 : -1}
      >
        {isLabelOpen ? (
          <CellEditor {...props} at={INDEX} rowName={label} />
        ) : (
          <>
            {labelDraft?.text ?? label}
            {isLocked && (
              <svg
                role="img"
                class="jf-lock"
                viewBox="0 0 10 12"
                aria-label={grid.voice.words.locked}
              >
                <path d="M1 5h8v7H1zM2 5V3.5a3 3 0 0 1 6 0V5H6.6V3.5a1.6 1.6 0 0 0-3.2 0V5z" />
              </svg>
            )}
          </>
        )}
      </div>
      {columnsInSight.map(place => {
        const column = grid.columns[place];
        const isOpen = isRowOpen && editing.column === column;
        return (
          <Cell
            key={column}
            voice={grid.voice}
            field={grid.state.about.columns[column]}
            value={grid.state.rows.value(key, column)}
            row={row}
            column={place}
            rowName={label}
            draft={grid.state.drafts.get(placeOf(key, column))}
            frozenAt={props.frozenAt(place)}
            isActive={active.row === row && active.column === place}
            isSelected={isInside(place)}
            isEditable={!props.isReadOnly && !obstacle(grid, key, column)}
            editing={isOpen ? editorOf(props, column, label) : null}
          />
        );
      })}
    </div>
  );
}

function CellEditor(props: BodyProps & { at: number; rowName: string }) {
  const editor = editorOf(props, props.at, props.rowName);
  return editor && <Editor {...editor} />;
}

function editorOf(
  { grid, editing, onCommit, onCancel }: BodyProps,
  column: number,
  row: string
): EditorProps | null {
  const field = fieldAt(grid, column);
  if (!editing || !field) {
    return null;
  }
  const { text, isFresh } = editing;
  const name = fill(grid.voice.words.field, { column: field.label, row });
  const { voice } = grid;
  return { voice, field, name, text, isFresh, onCommit, onCancel };
}

export function labelOf({ state, voice }: Grid, key: number): string {
  return spoken(state.rows.value(key, INDEX), voice.words);
}
