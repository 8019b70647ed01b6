/** The state behind a frame's table: what holds, what is on its way, and what was refused. */
import { unique } from '../unique';
import type { Rows } from './frame_rows';
import { FrameRows } from './frame_rows';
import type { About, Answer, Op, Patch, Refusal } from './frame_types';
import { INDEX, placeOf, sameValue } from './frame_types';
import { fromPlain } from './frame_values';
import type { Status, Ways } from './outbox';
import { Outbox } from './outbox';

/** Cells that one patch may change; Python's bound is the same. */
export const LIMIT = 50_000;

type SetOp = Extract<Op, { op: 'set' }>;

/** A text that couldn't be kept, by the place it was typed at, and why. */
export interface Draft {
  text: string;
  reason: string;
}

export interface FrameState {
  readonly about: About;
  readonly rows: FrameRows;
  readonly status: Status;
  readonly drafts: ReadonlyMap<string, Draft>;
  /** Why the last patch was refused; a new object each time. */
  readonly refusal: { reason: string } | null;
}

export interface Options extends Ways<Patch> {
  turn: (which: 'undo' | 'redo') => void;
}

export class FrameStore {
  private state: FrameState;
  private readonly outbox: Outbox<Patch>;
  private readonly listeners = new Set<() => void>();

  constructor(
    about: About,
    rows: Rows,
    private readonly options: Options
  ) {
    this.outbox = new Outbox(
      options,
      () => this.state.about.revision,
      () => this.become({})
    );
    this.state = {
      about,
      rows: new FrameRows(rows, about),
      status: 'saved',
      drafts: new Map(),
      refusal: null
    };
  }

  readonly get = (): FrameState => this.state;

  readonly on = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Show these changes at once and send them off; one call is one undo step. */
  readonly send = (ops: Op[]): void => {
    const changes = ops.filter(
      op => op.op !== 'set' || !sameValue(op.old, op.new)
    );
    const drafts = new Map(this.state.drafts);
    for (const op of ops) {
      if (op.op === 'set') {
        drafts.delete(placeOf(op.row, op.column));
      }
    }
    if (changes.length === 0) {
      this.become({ drafts });
      return;
    }
    const { about, rows } = this.state;
    const patch = {
      id: unique(),
      frame_id: about.frame_id,
      base_rev: about.revision,
      ops: changes
    };
    changes.forEach(op => rows.apply(op));
    this.outbox.post(patch, () => this.become({ drafts }));
  };

  /** Whether a cell is yet to be told by Python, as we changed it or put its row in. */
  readonly awaits = (row: number, column: number): boolean =>
    this.onTheWay().some(op =>
      op.op === 'set'
        ? op.row === row && op.column === column
        : op.rows.includes(row)
    );

  /** Ask what was missed. */
  readonly ask = (): void => this.outbox.ask();

  /** The other side can't be reached any more. */
  readonly lost = (): void => this.outbox.lost();

  /** The other side told all that was missed; what it never got goes once more. */
  readonly rejoined = (id: string): boolean =>
    this.outbox.rejoined(id, () => this.become({}));

  /** It has our patch since long; what it has made of it, it tells next. */
  readonly known = (id: string): void => {
    this.settle(id);
    this.become({});
  };

  readonly close = (): void => this.outbox.close();

  readonly undo = (): void => this.options.turn('undo');

  readonly redo = (): void => this.options.turn('redo');

  /** Keep a text that can't be a value, with what is wrong about it; null takes it away. */
  readonly keepDraft = (
    row: number,
    column: number,
    draft: Draft | null
  ): void => this.keepDrafts([{ row, column, draft }]);

  /** The same of many cells at once. */
  readonly keepDrafts = (
    cells: readonly { row: number; column: number; draft: Draft | null }[]
  ): void => {
    const drafts = new Map(this.state.drafts);
    for (const { row, column, draft } of cells) {
      if (draft) {
        drafts.set(placeOf(row, column), draft);
      } else {
        drafts.delete(placeOf(row, column));
      }
    }
    this.become({ drafts });
  };

  /** A patch holds: our own, if we know its id, or another page's or Python's. */
  answered(answer: Answer): void {
    const { about, rows } = this.state;
    const isOurs = this.outbox.pending.some(({ id }) => id === answer.id);
    this.settle(answer.id);
    if (
      answer.frame_id !== about.frame_id ||
      answer.revision > about.revision + 1
    ) {
      this.become({});
      this.outbox.ask(true);
      return;
    }
    if (answer.revision <= about.revision) {
      this.become({});
      return;
    }
    const ours = new Set(
      this.onTheWay().flatMap(op =>
        op.op === 'set' ? [placeOf(op.row, op.column)] : []
      )
    );
    for (const change of answer.changes) {
      if (
        change.op !== 'set' ||
        !ours.has(placeOf(change.row, change.column))
      ) {
        rows.apply(change);
      }
    }
    this.told(answer);
    // Beside which row another's come depends on whether ours that are on their way came first.
    if (
      !isOurs &&
      changesRows(answer.changes) &&
      changesRows(this.onTheWay())
    ) {
      this.outbox.ask(true);
    }
  }

  /** Our patch doesn't hold: the cells show what they hold; the one at fault, or all, say why. */
  refused(answer: Refusal): void {
    const patch = this.outbox.pending.find(item => item.id === answer.id);
    const { rows, about } = this.state;
    const isBehind =
      answer.frame_id !== about.frame_id || answer.revision > about.revision;
    if (!patch) {
      // A step back that can't be made carries no id; it concerns whoever looks.
      if (answer.id === null) {
        this.become({ refusal: { reason: answer.reason } });
      }
      if (isBehind) {
        this.outbox.ask();
      }
      return;
    }
    this.settle(answer.id);
    const drafts = new Map(this.state.drafts);
    const isAtFault = ({ row, column, new: value }: SetOp) =>
      answer.row === null
        ? value !== null
        : row === answer.row && column === answer.column;
    for (const op of patch.ops) {
      if (op.op === 'set' && isAtFault(op)) {
        const text = fromPlain(op.new);
        drafts.set(placeOf(op.row, op.column), { text, reason: answer.reason });
      }
    }
    for (const change of answer.changes) {
      rows.apply(change);
    }
    // Rows that were put in or taken out in advance are best set right by the frame itself.
    if (isBehind || changesRows(patch.ops)) {
      this.outbox.ask(true);
    }
    this.become({ drafts, refusal: { reason: answer.reason } });
  }

  /** The whole frame, as it now is on the other side. */
  replaced(about: About, data: Rows): void {
    const rows = new FrameRows(data, about);
    const drafts = this.draftsFor(about, rows);
    this.settle(null);
    this.state = { ...this.state, about };
    this.onTheWay().forEach(op => rows.apply(op));
    this.become({ rows, drafts });
  }

  /** The texts whose cells are still there; in another frame by the names of row and column. */
  private draftsFor(about: About, rows: FrameRows): FrameState['drafts'] {
    const { about: before, rows: held, drafts } = this.state;
    if (about.frame_id === before.frame_id) {
      return drafts;
    }
    const stays = ([place]: [string, Draft]) => {
      const [row, column] = place.split(',').map(Number);
      return (
        rows.has(row) &&
        sameValue(rows.value(row, INDEX), held.value(row, INDEX)) &&
        labelAt(about, column) === labelAt(before, column)
      );
    };
    return new Map([...drafts].filter(stays));
  }

  private told(answer: Answer): void {
    const { revision, can_undo, can_redo } = answer;
    const about = { ...this.state.about, revision, can_undo, can_redo };
    this.become({ about });
  }

  /** What Python has yet to answer for; what was meant for another frame shows nowhere. */
  private onTheWay(): Op[] {
    const { frame_id } = this.state.about;
    return this.outbox.pending
      .filter(patch => patch.frame_id === frame_id)
      .flatMap(patch => patch.ops);
  }

  private settle(id: string | null): void {
    this.outbox.settle(new Set([id]));
  }

  private become(change: Partial<FrameState>): void {
    this.state = { ...this.state, ...change, status: this.outbox.status };
    this.listeners.forEach(listener => listener());
  }
}

function labelAt({ columns, index }: About, column: number): unknown {
  return column === INDEX ? index.label : columns.at(column)?.label;
}

function changesRows(changes: readonly { op: string }[]): boolean {
  return changes.some(({ op }) => op !== 'set');
}

/** A key for a row that this page adds: far beyond those that Python counts up. */
export function newKey(): number {
  return 2 ** 40 + Math.floor(Math.random() * 2 ** 51);
}
