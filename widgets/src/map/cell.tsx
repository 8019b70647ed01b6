/** One cell: what it shows, its editor when open, and what is wrong with what was typed. */
import { fromText } from '../store/cells';
import { Content } from './content';
import type { ContentProps } from './content';
import type { EditorProps } from './editor';
import { Editor } from './editor';
import { useUniqueId } from './unique';
import { cellOf, nameOf } from './view';
import { fill } from './words';

interface MapCellProps extends ContentProps {
  at: readonly [number, number];
  isActive: boolean;
  isEditable: boolean;
  draft: string | undefined;
  refusal: string | undefined;
  editing: Pick<EditorProps, 'text' | 'isFresh'> | null;
  onFocus: () => void;
  onOpen: () => void;
  onCommit: EditorProps['onCommit'];
  onCancel: EditorProps['onCancel'];
}

export function MapCell(props: MapCellProps) {
  const { view, lane, stage, draft, editing } = props;
  const name = nameOf(view, lane, stage);
  const complaint = complaintOf(props);
  const noteId = useUniqueId();
  const note = complaint && !editing ? noteId : undefined;
  return (
    <div
      role="gridcell"
      class="jj-cell"
      data-at={props.at.join(',')}
      data-evidence={cellOf(view, lane, stage)?.evidence}
      tabIndex={props.isActive && !editing ? 0 : -1}
      aria-label={editing ? undefined : draft ? `${name}. ${draft}` : name}
      aria-readonly={!props.isEditable}
      aria-invalid={note ? 'true' : undefined}
      aria-describedby={note}
      onFocus={props.onFocus}
      onDblClick={props.onOpen}
    >
      {editing ? (
        <Editor
          {...{ lane, name, ...editing }}
          words={view.words}
          read={text => fromText(text, lane, view.document)}
          onCommit={props.onCommit}
          onCancel={props.onCancel}
        />
      ) : draft === undefined ? (
        <Content {...{ view, lane, stage }} />
      ) : (
        <p class="jj-text jj-draft">{draft}</p>
      )}
      {note && (
        <p class="jj-flaw" id={note}>
          {complaint}
        </p>
      )}
    </div>
  );
}

function complaintOf({ view, lane, draft, refusal }: MapCellProps): string {
  if (draft !== undefined) {
    const typed = fromText(draft, lane, view.document);
    return 'flaw' in typed ? fill(view.words[typed.flaw], typed.fields) : '';
  }
  return refusal ? fill(view.words.refused, { reason: refusal }) : '';
}
