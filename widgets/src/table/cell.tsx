/** One cell: its value, or the field to edit it. */
import { Component } from 'preact';

import type { Draft } from '../store/frame';
import type { Field, Value } from '../store/frame_types';
import { shown } from '../store/frame_values';
import { Editor } from './editor';
import type { EditorProps } from './editor';
import type { Voice, Words } from './words';
import { fill } from './words';

export interface CellProps {
  voice: Voice;
  field: Field;
  value: Value;
  row: number;
  column: number;
  rowName: string;
  draft: Draft | undefined;
  frozenAt: number | null;
  isActive: boolean;
  isSelected: boolean;
  isEditable: boolean;
  editing: EditorProps | null;
}

/** Drawn anew only where something of it changed: a table has hundreds, an edit changes one. */
export class Cell extends Component<CellProps> {
  override shouldComponentUpdate(next: CellProps): boolean {
    const names = Object.keys(next) as (keyof CellProps)[];
    return names.some(name => next[name] !== this.props[name]);
  }

  render(props: CellProps) {
    const { field, value, row, column, draft, frozenAt } = props;
    const { words } = props.voice;
    const content = draft ? draft.text : spoken(value, words);
    const name = fill(words.cell, {
      column: field.label,
      row: props.rowName,
      value: draft ? `${content}. ${draft.reason}` : content
    });
    return (
      <div
        role="gridcell"
        class={`jf-cell jf-${field.kind}`}
        data-at={`${row},${column}`}
        data-open={props.editing ? '' : undefined}
        data-frozen={frozenAt === null ? undefined : ''}
        style={{
          gridColumn: column + 2,
          '--jf-at': frozenAt === null ? undefined : `${frozenAt}px`
        }}
        tabIndex={props.isActive ? 0 : -1}
        aria-colindex={column + 2}
        aria-label={name}
        aria-selected={props.isSelected}
        aria-readonly={!props.isEditable}
        aria-invalid={draft ? 'true' : undefined}
        title={draft?.reason}
      >
        {props.editing ? (
          <Editor {...props.editing} />
        ) : draft ? (
          <span class="jf-draft">{draft.text}</span>
        ) : (
          <Content value={value} field={field} />
        )}
      </div>
    );
  }
}

function Content({ value, field }: { value: Value; field: Field }) {
  if (value === null) {
    return <span class="jf-missing">–</span>;
  }
  if (Array.isArray(value)) {
    return (
      <>
        {value.map((item, at) => (
          <span key={at} class="jf-chip">
            {item}
          </span>
        ))}
      </>
    );
  }
  if (field.kind === 'choice') {
    const colour = field.options.indexOf(String(value)) % 6;
    return (
      <span class="jf-chip" data-colour={colour}>
        {value}
      </span>
    );
  }
  return (
    <span class="jf-text" dir="auto">
      {field.kind === 'boolean' ? (value ? '✓' : '✗') : short(value)}
    </span>
  );
}

/** Leave out what only the binary form of a number adds; the editor shows all of it. */
function short(value: Exclude<Value, null>): string {
  return typeof value === 'number'
    ? String(Number(value.toPrecision(12)))
    : shown(value);
}

export function spoken(value: Value, words: Words): string {
  if (typeof value === 'boolean') {
    return value ? words.yes : words.no;
  }
  return value === null ? words.empty : short(value) || words.empty;
}
