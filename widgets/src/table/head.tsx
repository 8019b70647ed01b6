/** The header row: names, sorting, widths, order. */
import type { Field } from '../store/frame_types';
import type { Look } from '../store/frame_view';
import type { FrameHost } from './host';
import type { Resize } from './use_resize';
import { fill } from './words';

export interface HeadProps {
  host: FrameHost;
  fields: readonly Field[];
  columns: readonly number[];
  inSight: readonly number[];
  widths: readonly number[];
  frozenAt: (place: number) => number | null;
  active: { row: number; column: number };
  corner: string;
  onMenu: (column: number, anchor: HTMLElement) => void;
  onMove: (from: number, to: number) => void;
  onResize: Resize;
}

export function Head(props: HeadProps) {
  const { host, fields, columns, corner, active } = props;
  const { words } = host.voice;
  return (
    <div role="rowgroup" class="jf-head">
      <div role="row" class="jf-row" aria-rowindex={1}>
        <div
          role="columnheader"
          class="jf-corner"
          data-at="-1,-1"
          aria-colindex={1}
          tabIndex={active.row === -1 && active.column === -1 ? 0 : -1}
        >
          {corner || <span class="jf-hidden">{words.row_header}</span>}
        </div>
        {props.inSight.map(place => (
          <ColumnHead
            key={columns[place]}
            {...props}
            place={place}
            field={fields[columns[place]]}
            look={host.look()}
          />
        ))}
      </div>
    </div>
  );
}

function ColumnHead(
  props: HeadProps & { place: number; field: Field; look: Look }
) {
  const { columns, place, field, look, active } = props;
  const { words } = props.host.voice;
  const column = columns[place];
  const frozenAt = props.frozenAt(place);
  const sort = look.sort?.find(item => item.column === column);
  const direction = sort
    ? sort.descending
      ? 'descending'
      : 'ascending'
    : null;
  const isFiltered = Boolean(look.filter?.[column]);
  return (
    <div
      role="columnheader"
      class={`jf-name jf-${field.kind}`}
      data-at={`-1,${place}`}
      data-frozen={frozenAt === null ? undefined : ''}
      style={{
        gridColumn: place + 2,
        '--jf-at': frozenAt === null ? undefined : `${frozenAt}px`
      }}
      aria-colindex={place + 2}
      aria-label={
        isFiltered ? fill(words.filtered, { column: field.label }) : field.label
      }
      aria-sort={direction ?? 'none'}
      tabIndex={active.row === -1 && active.column === place ? 0 : -1}
      title={`${field.label} (${field.dtype})`}
      draggable
      onDragStart={event => {
        event.dataTransfer?.setData('application/x-jf-column', String(place));
      }}
      onDragOver={event => event.preventDefault()}
      onDrop={event => {
        event.preventDefault();
        const said = event.dataTransfer?.getData('application/x-jf-column');
        if (said) {
          props.onMove(Number(said), place);
        }
      }}
    >
      <span class="jf-label" dir="auto">
        {field.label}
      </span>
      {direction && (
        <span aria-hidden="true">{sort?.descending ? '↓' : '↑'}</span>
      )}
      {isFiltered && (
        <svg class="jf-filtered" width="10" height="10" aria-hidden="true">
          <path d="M0 1h10L6 5.5V10L4 8.5v-3z" />
        </svg>
      )}
      <button
        type="button"
        class="jf-more"
        tabIndex={-1}
        aria-label={fill(words.column_menu, { column: field.label })}
        onClick={event => {
          event.stopPropagation();
          props.onMenu(place, event.currentTarget);
        }}
      >
        ⋯
      </button>
      <span
        class="jf-edge"
        onPointerDown={event =>
          props.onResize(event, column, props.widths[place])
        }
        onDblClick={event => event.stopPropagation()}
      />
    </div>
  );
}
