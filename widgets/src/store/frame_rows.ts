/** The rows of a frame, found by their keys; only what is read or changed becomes a value. */
import type { Packed } from './frame_columns';
import { Column } from './frame_columns';
import type { About, Made, Op, Value } from './frame_types';
import { INDEX } from './frame_types';

export interface Rows {
  keys: Packed | null;
  labels: Packed | null;
  columns: readonly Packed[];
}

export class FrameRows {
  keys: number[];
  private readonly labels: Column | null;
  private readonly columns: readonly Column[];
  private positions: Map<number, number> | null = null;
  /** Where in its column each row's cells stand; null while that is its position. */
  private places: number[] | null = null;
  private used: number;

  constructor(
    rows: Rows,
    private readonly about: About
  ) {
    const { keys } = rows;
    this.keys = Array.from({ length: about.size }, (_, at) =>
      keys ? Number(keys.at(at)) : at
    );
    this.labels = rows.labels && new Column(rows.labels);
    this.columns = rows.columns.map(packed => new Column(packed));
    this.used = about.size;
  }

  get size(): number {
    return this.keys.length;
  }

  has(key: number): boolean {
    return this.position(key) >= 0;
  }

  /** Where a row stands in the frame, whatever the view's order; -1 if it's gone. */
  position(key: number): number {
    // Mostly nothing was inserted or deleted, and the key is the position. A key beyond is no
    // index: the list would be searched for a property of that name, at some cost.
    if (key < this.keys.length && this.keys[key] === key) {
      return key;
    }
    this.positions ??= new Map(this.keys.map((item, at) => [item, at]));
    return this.positions.get(key) ?? -1;
  }

  value(key: number, column: number): Value {
    const at = this.position(key);
    return at < 0 ? null : this.at(at, column);
  }

  /** Return a cell by its row's position in the frame. */
  at(position: number, column: number): Value {
    const place = this.places ? this.places[position] : position;
    if (column !== INDEX) {
      return this.columns[column].at(place);
    }
    const { start, step } = this.about.index;
    return this.labels ? this.labels.at(place) : start + position * step;
  }

  /** Make a change; without values from Python, new rows are blank until it answers. */
  apply(change: Op | Made): void {
    if (change.op === 'set') {
      this.set(change.row, change.column, change.new);
    } else if (change.op === 'delete') {
      this.delete(change.rows);
    } else {
      this.insert(change);
    }
  }

  private set(key: number, column: number, value: Value): void {
    const at = this.position(key);
    if (at < 0) {
      return;
    }
    const place = this.places ? this.places[at] : at;
    const cells = column === INDEX ? this.labels : this.columns[column];
    cells?.set(place, value);
  }

  private insert(change: Extract<Made, { op: 'insert' }>): void {
    const { rows, labels, values } = change;
    const fresh = rows.filter(key => !this.has(key));
    if (fresh.length) {
      const at = change.after === null ? 0 : this.position(change.after) + 1;
      this.places ??= this.keys.map((_, position) => position);
      const fill = fresh.map(() => this.used++);
      this.places = put(this.places, at, fill);
      this.keys = put(this.keys, at, fresh);
      this.positions = null;
    }
    rows.forEach((key, place) => {
      values?.forEach((column, at) => this.set(key, at, column[place]));
      if (labels) {
        this.set(key, INDEX, labels[place]);
      }
    });
  }

  private delete(keys: number[]): void {
    const gone = new Set(keys);
    const stays = this.keys.map(key => !gone.has(key));
    this.places ??= this.keys.map((_, position) => position);
    this.places = this.places.filter((_, at) => stays[at]);
    this.keys = this.keys.filter((_, at) => stays[at]);
    this.positions = null;
  }
}

/** Like splice, which takes each item as an argument and so has a bound. */
function put(list: readonly number[], at: number, items: number[]): number[] {
  return [...list.slice(0, at), ...items, ...list.slice(at)];
}
