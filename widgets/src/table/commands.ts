/** All that can be done to the table, by whichever key, button or menu. */
import { LIMIT, newKey } from '../store/frame';
import { read, written } from '../store/blocks';
import { INDEX, placeOf } from '../store/frame_types';
import { fromPlain } from '../store/frame_values';
import type { Block } from './actions';
import { entered, fieldAt, filled, obstacle, pasted, textsOf } from './actions';
import type { Editing } from './body';
import type { Move } from './editor';
import type { FrameHost } from './host';
import type { At } from './keys';
import type { Cursor } from './use_cursor';
import { areaOf } from './use_cursor';
import type { View } from './use_view';
import { fill, plural, sized } from './words';

export interface Desk {
  host: FrameHost;
  view: View;
  cursor: Cursor;
  isReadOnly: boolean;
  editing: Editing | null;
  setEditing: (editing: Editing | null) => void;
  say: (text: string) => void;
}

const MOVES: Record<Exclude<Move, 'leave'>, At> = {
  down: { row: 1, column: 0 },
  up: { row: -1, column: 0 },
  next: { row: 0, column: 1 },
  previous: { row: 0, column: -1 }
};

const columnAt = ({ view }: Desk, place: number) =>
  place < 0 ? INDEX : view.grid.columns[place];

/** Open a cell's editor, with its value or with what was typed in its place. */
export function begin(desk: Desk, to: At, text?: string): void {
  const { grid } = desk.view;
  const { about, rows, drafts } = grid.state;
  const { words } = desk.host.voice;
  const [key, column] = [grid.keys[to.row], columnAt(desk, to.column)];
  if (to.row < 0 || key === undefined) {
    return;
  }
  const problem = desk.isReadOnly
    ? words.read_only
    : obstacle(grid, key, column);
  if (problem) {
    desk.say(problem);
    return;
  }
  const { kind, label = '' } = fieldAt(grid, column) ?? {};
  const isList = kind === 'choice' || kind === 'boolean';
  const kept =
    drafts.get(placeOf(key, column))?.text ??
    fromPlain(rows.value(key, column));
  const isFresh = text !== undefined && !isList;
  desk.cursor.choose(to);
  desk.setEditing({
    frame_id: about.frame_id,
    key,
    column,
    label,
    old: desk.host.awaits(key, column) ? undefined : rows.value(key, column),
    text: isFresh ? text : kept,
    isFresh
  });
}

export function commit(desk: Desk, text: string, move: Move): void {
  const { view, cursor, editing } = desk;
  const { last } = view;
  if (!editing) {
    return;
  }
  desk.setEditing(null);
  keep(desk, editing, text);
  if (move !== 'leave') {
    const step = MOVES[move];
    cursor.step({
      row: Math.max(0, Math.min(last.row, cursor.active.row + step.row)),
      column: Math.max(
        -1,
        Math.min(last.column, cursor.active.column + step.column)
      )
    });
  }
}

function keep(desk: Desk, editing: Editing, text: string): void {
  const { host, say } = desk;
  const { words } = host.voice;
  const grid = { ...desk.view.grid, state: host.get() };
  const { about, rows } = grid.state;
  const { key: row, column, label } = editing;
  const isGone = editing.frame_id !== about.frame_id || !rows.has(row);
  if (isGone || desk.isReadOnly) {
    const reason = isGone ? words.gone : words.read_only;
    const isTyped = editing.isFresh || text !== editing.text;
    const isThere = rows.has(row) && fieldAt(grid, column)?.label === label;
    if (isTyped && isThere) {
      host.keepDraft(row, column, { text, reason });
    }
    say(isTyped && !isThere ? `${reason} ${text}` : reason);
    return;
  }
  const old = editing.old === undefined ? rows.value(row, column) : editing.old;
  if (text === fromPlain(old)) {
    host.keepDraft(row, column, null);
    return;
  }
  const block = entered(grid, [{ row, column, text, old }]);
  perform(desk, block, fill(words.changed, { cell: label }));
}

/** Close an editor whose cell went from under it. */
export function leave({ cursor, setEditing }: Desk): void {
  setEditing(null);
  cursor.go(cursor.active);
}

export function cancel({ host, cursor, editing, setEditing }: Desk): void {
  if (editing) {
    host.keepDraft(editing.key, editing.column, null);
  }
  setEditing(null);
  cursor.go(cursor.active);
}

/** Send what holds, and leave what doesn't in its cells. */
export function perform(
  desk: Desk,
  block: Omit<Block, 'area'>,
  done: string
): void {
  const { host, say } = desk;
  const { words, language } = host.voice;
  if (desk.isReadOnly || block.problem) {
    say(block.problem ?? words.read_only);
    return;
  }
  host.send(block.ops);
  if (block.misfits.length) {
    host.keepDrafts(
      block.misfits.map(({ row, column, text, reason }) => ({
        ...{ row, column },
        draft: text === '' ? null : { text, reason }
      }))
    );
  }
  const [first] = block.misfits;
  const flaws = plural(words.flaws, block.misfits.length, language);
  say(first ? `${flaws} ${first.reason}` : done);
}

export function empty(desk: Desk): void {
  if (desk.cursor.active.row >= 0) {
    perform(desk, filled(desk.view.grid, desk.cursor.area, ''), '');
  }
}

export function toggle(desk: Desk): void {
  const { view, cursor } = desk;
  const { grid } = view;
  const column = columnAt(desk, cursor.active.column);
  const key = grid.keys[cursor.active.row];
  if (fieldAt(grid, column)?.kind !== 'boolean' || key === undefined) {
    begin(desk, cursor.active, ' ');
    return;
  }
  const text = String(grid.state.rows.value(key, column) !== true);
  perform(desk, filled(grid, areaOf(cursor.active, cursor.active), text), '');
}

export function insert(desk: Desk, where: 'above' | 'below' | 'end'): void {
  const { host, view, cursor, say } = desk;
  const { keys, state } = view.grid;
  const { about, rows } = state;
  const { words, language } = host.voice;
  if (desk.isReadOnly || !about.index.grows) {
    say(desk.isReadOnly ? words.read_only : words.no_new_rows);
    return;
  }
  const active = Math.max(0, cursor.active.row);
  const isBelow = where === 'below' ? 1 : 0;
  const isLast = where === 'end';
  const place = isLast ? rows.size : rows.position(keys[active]) + isBelow;
  const row = isLast ? keys.length : active + isBelow;
  const key = newKey();
  view.added.set(key, keys[row - 1] ?? null);
  const after = rows.keys[place - 1] ?? null;
  host.send([{ op: 'insert', after, rows: [key] }]);
  say(plural(words.added, 1, language));
  cursor.go({
    row: view.keysNow().indexOf(key),
    column: Math.max(0, cursor.active.column)
  });
}

export function remove(desk: Desk): void {
  const { host, view, cursor, say } = desk;
  const { keys, locked } = view.grid;
  const { words, language } = host.voice;
  const { area } = cursor;
  const chosen = keys.slice(area.top, area.bottom + 1);
  const isLocked = chosen.some(key => locked.has(key));
  if (chosen.length === 0 || isLocked || desk.isReadOnly) {
    say(isLocked ? words.row_is_locked : words.read_only);
    return;
  }
  const left = keys.length - chosen.length;
  host.send([{ op: 'delete', rows: chosen }]);
  say(plural(words.deleted, chosen.length, language));
  cursor.go({
    row: Math.min(area.top, left - 1),
    column: cursor.active.column
  });
}

/** Ascending, descending, the frame's own order, and round again. */
export function sortBy({ host, view }: Desk, place: number): void {
  const column = view.grid.columns[place];
  const now = host.look().sort?.find(item => item.column === column);
  const next = now?.descending ? [] : [{ column, descending: Boolean(now) }];
  host.setLook({ sort: next });
}

/** Put a column at another's place; the focus goes along. */
export function moveColumn(
  { host, view, cursor }: Desk,
  from: number,
  to: number
): void {
  const { columns } = view.grid;
  const order = [...columns];
  const [column] = order.splice(from, 1);
  const place = Math.max(0, Math.min(to, order.length));
  order.splice(place, 0, column);
  host.setLook({ order });
  cursor.go({ row: -1, column: place });
}

export function turn(
  { host, isReadOnly, say }: Desk,
  which: 'undo' | 'redo'
): void {
  const { about, status } = host.get();
  // What is on its way may be taken back, too.
  if (!isReadOnly && (about[`can_${which}`] || status === 'pending')) {
    host[which]();
    say(host.voice.words[which === 'undo' ? 'undone' : 'redone']);
  }
}

/** Put the chosen area on the clipboard, as spreadsheets take it. */
export function copy(desk: Desk, event: ClipboardEvent): void {
  if (desk.editing || !event.clipboardData) {
    return;
  }
  const texts = textsOf(desk.view.grid, desk.cursor.area);
  event.preventDefault();
  event.stopPropagation();
  const { text, html } = written(texts);
  event.clipboardData.setData('text/plain', text);
  event.clipboardData.setData('text/html', html);
  const { voice } = desk.host;
  const size = [texts.length, texts[0]?.length ?? 0] as const;
  desk.say(sized(voice.words.copied, size, voice));
  if (event.type === 'cut') {
    empty(desk);
  }
}

export function paste(desk: Desk, event: ClipboardEvent): void {
  const { view, cursor } = desk;
  const { voice } = desk.host;
  const data = event.clipboardData;
  if (desk.editing || !data || cursor.active.row < 0) {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  const block = pasted(view.grid, cursor.area, read(data, LIMIT));
  const { top, left, bottom, right } = block.area;
  let last = view.grid.keys.at(-1) ?? null;
  const added = block.ops.flatMap(op => (op.op === 'insert' ? op.rows : []));
  for (const key of added) {
    view.added.set(key, last);
    last = key;
  }
  const size = [bottom - top + 1, right - left + 1] as const;
  perform(desk, block, sized(voice.words.pasted, size, voice));
  if (!block.problem && !desk.isReadOnly) {
    // One stays where one pasted, however far down the block reaches.
    cursor.setAnchor({ row: bottom, column: right });
    cursor.go({ row: top, column: left }, true);
  }
}
