/** What stands above the table: its size, its state, and the actions that aren't of one cell. */
import type { Grid } from './actions';
import type { FrameHost } from './host';
import type { Words } from './words';
import { counted, fill, plural } from './words';

interface ToolbarProps {
  host: FrameHost;
  grid: Grid;
  isReadOnly: boolean;
  said: string;
  onTurn: (which: 'undo' | 'redo') => void;
  onAdd: () => void;
  onHelp: () => void;
}

export function Toolbar(props: ToolbarProps) {
  const { host, grid, isReadOnly, said } = props;
  const { about, rows, status } = grid.state;
  const { words, language } = host.voice;
  const look = host.look();
  const isFiltered = Object.keys(look.filter ?? {}).length > 0;
  const all = plural(words.rows, rows.size, language);
  const shown = counted(grid.keys.length, host.voice);
  const count = isFiltered ? fill(words.some_rows, { shown, rows: all }) : all;
  const isPast = (can: boolean) => isReadOnly || !can;
  return (
    <div class="jf-bar">
      <button
        type="button"
        disabled={isPast(about.can_undo)}
        onClick={() => props.onTurn('undo')}
      >
        {words.undo}
      </button>
      <button
        type="button"
        disabled={isPast(about.can_redo)}
        onClick={() => props.onTurn('redo')}
      >
        {words.redo}
      </button>
      <button
        type="button"
        disabled={isPast(about.index.grows)}
        onClick={props.onAdd}
      >
        {words.add_row}
      </button>
      {isFiltered && (
        <button type="button" onClick={() => host.setLook({ filter: {} })}>
          {words.clear_filters}
        </button>
      )}
      <span class="jf-count">{count}</span>
      <span role="status" class="jf-said">
        {said}
      </span>
      <span class="jf-notice" data-status={status}>
        {notice(status, host.readOnly, words)}
      </span>
      <button type="button" aria-label={words.help} onClick={props.onHelp}>
        ?
      </button>
    </div>
  );
}

function notice(
  status: Grid['state']['status'],
  isReadOnly: boolean,
  words: Words
): string {
  if (status === 'disconnected') {
    return words.disconnected;
  }
  if (isReadOnly) {
    return words.read_only;
  }
  return status === 'pending' ? words.pending : '';
}
