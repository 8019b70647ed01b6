/** The rows of a frame, column by column, found by their keys. */
import type { About, Made, Op, Rows, Value } from './frame_types';
import { INDEX } from './frame_types';

export class FrameRows {
  keys: number[];
  private labels: Value[] | null;
  private readonly values: Value[][];
  private positions: Map<number, number> | null = null;

  constructor(
    rows: Rows,
    private readonly about: About
  ) {
    this.keys = rows.keys ?? Array.from({ length: about.size }, (_, at) => at);
    this.labels = rows.labels;
    this.values = rows.values;
  }

  get size(): number {
    return this.keys.length;
  }

  has(key: number): boolean {
    return this.position(key) >= 0;
  }

  /** Where a row stands in the frame, whatever the view's order; -1 if it's gone. */
  position(key: number): number {
    // Mostly nothing was inserted or deleted, and the key is the position.
    if (this.keys[key] === key) {
      return key;
    }
    this.positions ??= new Map(this.keys.map((item, at) => [item, at]));
    return this.positions.get(key) ?? -1;
  }

  value(key: number, column: number): Value {
    const at = this.position(key);
    if (at < 0) {
      return null;
    }
    return column === INDEX ? this.label(at) : this.values[column][at];
  }

  column(column: number): readonly Value[] {
    return this.values[column];
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

  private label(at: number): Value {
    const { start, step } = this.about.index;
    return this.labels ? this.labels[at] : start + at * step;
  }

  private set(key: number, column: number, value: Value): void {
    const at = this.position(key);
    if (at < 0) {
      return;
    }
    if (column !== INDEX) {
      this.values[column][at] = value;
    } else if (this.labels) {
      this.labels[at] = value;
    }
  }

  private insert(change: Extract<Made, { op: 'insert' }>): void {
    const fresh = change.rows.filter(key => !this.has(key));
    if (fresh.length === 0) {
      this.fill(change);
      return;
    }
    const at = change.after === null ? 0 : this.position(change.after) + 1;
    const blanks: Value[] = fresh.map(() => null);
    this.keys.splice(at, 0, ...fresh);
    this.values.forEach(column => column.splice(at, 0, ...blanks));
    this.labels?.splice(at, 0, ...blanks);
    this.positions = null;
    this.fill(change);
  }

  private fill({
    rows,
    labels,
    values
  }: Extract<Made, { op: 'insert' }>): void {
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
    const kept = <T>(items: T[]) => items.filter((_, at) => stays[at]);
    this.keys = kept(this.keys);
    this.labels &&= kept(this.labels);
    this.values.forEach((column, at) => {
      this.values[at] = kept(column);
    });
    this.positions = null;
  }
}
