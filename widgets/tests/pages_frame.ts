/** A person at a table, without the table: what she does, and what she would see. */
import { newKey } from '../src/store/frame';
import type { Value } from '../src/store/frame_types';
import { INDEX } from '../src/store/frame_types';
import type { Grid } from '../src/table/actions';
import { pasted } from '../src/table/actions';
import type { FrameHost } from '../src/table/host';
import type { View } from './unseen';

type Spot = [row: number, column: string, value: Value];

export class FramePage {
  readonly host: FrameHost;
  /** The cell whose editor is open, and what it held then. */
  private opened: { row: number; column: number; old: Value } | null = null;

  constructor(private readonly view: View<FrameHost>) {
    this.host = view.host;
  }

  act(name: string, said: unknown[]): void {
    const { host } = this;
    switch (name) {
      case 'undo':
      case 'redo':
        return host[name]();
      case 'look':
        return host.setLook({ frozen: said[0] as number });
      case 'insert':
        return this.insert(said[0] as number);
      case 'delete': {
        const rows = [...new Set((said as number[]).map(at => this.row(at)))];
        return host.send([{ op: 'delete', rows }]);
      }
      case 'begin':
        this.opened = this.place(said as unknown as Spot);
        return;
      case 'type':
        return this.type(said as Spot[]);
      case 'paste':
        return this.paste(...(said as [number, number, string[][]]));
      default:
        throw new Error(`nobody can ${name}`);
    }
  }

  shown(): object {
    const { about, rows, status, drafts, refusal } = this.view.state;
    const { frame_id, revision, can_undo, can_redo } = about;
    const columns = about.columns.map((_, column) => column);
    return {
      ...{ frame_id, revision, can_undo, can_redo, status, refusal },
      names: about.columns.map(({ label }) => label),
      labels: rows.keys.map(key => rows.value(key, INDEX)),
      rows: rows.keys.map(key =>
        columns.map(column => rows.value(key, column))
      ),
      drafts: Object.fromEntries(drafts),
      look: this.host.look()
    };
  }

  /** Values as they are, whether they fit or not: Python is to judge. */
  private type(spots: Spot[]): void {
    const { rows } = this.view.state;
    this.host.send(
      spots.flatMap(spot => {
        const place = this.opened ?? this.place(spot);
        this.opened = null;
        return place && rows.has(place.row)
          ? [{ op: 'set' as const, ...place, new: spot[2] }]
          : [];
      })
    );
  }

  private paste(row: number, column: number, block: string[][]): void {
    const { state } = this.view;
    const columns = state.about.columns.map((_, place) => place);
    const { keys } = state.rows;
    const { voice } = this.host;
    const locked = this.host.locked();
    const grid: Grid = { state, keys, columns, locked, voice };
    const at = { row: row % Math.max(1, keys.length), column };
    const area = { top: at.row, left: column, bottom: at.row, right: column };
    this.host.send(pasted(grid, area, block).ops);
  }

  private insert(at: number): void {
    const { rows, about } = this.view.state;
    if (about.index.grows) {
      const after = rows.keys[(at % (rows.size + 1)) - 1] ?? null;
      this.host.send([{ op: 'insert', after, rows: [newKey()] }]);
    }
  }

  private row(at: number): number {
    const { keys } = this.view.state.rows;
    return keys[at % keys.length];
  }

  private place([at, name]: Spot): typeof this.opened {
    const { rows, about } = this.view.state;
    const column = about.columns.findIndex(({ label }) => label === name);
    const row = this.row(at);
    return column < 0 || row === undefined
      ? null
      : { row, column, old: rows.value(row, column) };
  }
}
