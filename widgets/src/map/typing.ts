/** Typing into the map: which cell or heading is open, what was typed wrong, what gets kept. */
import { tabbed } from '../keys/walk';
import { fromText, toText } from '../store/cells';
import { same } from '../store/defaults';
import type { Op } from '../store/patches';
import type { Draft } from '../store/store';
import { withCell, withField } from '../store/structure';
import type { Value } from '../store/types';
import type { Block } from '../store/blocks';
import type { Field } from './drafts';
import { subjectOf } from './drafts';
import type { Move } from './editor';
import type { At, Size } from './keys';
import { isHeading } from './keys';
import type { Spot } from './spot';
import { atOf, keyOf, spotOf } from './spot';
import { axisOf } from './actions';
import type { Desk } from './desk';
import { cellsOf } from './desk';
import { fill, plural } from './words';

export interface Opened {
  spot: Spot;
  field: Field;
  text: string;
  /** The text and the value that were there when it opened. */
  before: string;
  old: Value;
  isFresh: boolean;
}

export interface Editing extends Opened {
  at: At;
  /** That another has changed it meanwhile, and to what; else empty. */
  conflict: string;
  flawOf: (text: string) => string;
}

export interface Typing {
  readonly editing: Editing | null;
  /** What was typed into a cell and isn't kept. */
  draftAt: (at: At) => Draft | undefined;
  /** Why it isn't; empty where there is nothing. */
  complaintAt: (at: At) => string;
  open: (at: At, typed?: string) => void;
  openTarget: (at: At) => void;
  openName: (at: At, name: string) => void;
  commit: (text: string, move: Move | 'leave') => void;
  cancel: () => void;
  /** Give up what was typed into a cell and isn't kept. */
  drop: (at: At) => void;
  empty: () => void;
  put: (block: Block) => void;
  textAt: (at: At) => string;
}

export function typingOf(desk: Desk): Typing {
  const { host, words, view, document } = desk;
  const { opened } = desk.kept;
  const { drafts } = host.get();
  const keyAt = (at: At) => keyOf(spotOf(view, at));
  const draftAt = (at: At) => drafts.get(keyAt(at));
  const textAt = (at: At) => {
    const { field, text } = draftAt(at) ?? {};
    return field === 'value' && text !== null
      ? (text as string)
      : toText(desk.seen(at).value, desk.laneAt(at), document, words.called);
  };

  const standing = opened && atOf(view, opened.spot);
  const key = opened ? keyOf(opened.spot) : '[]';
  const subject = subjectOf(document, words, key);
  const editing: Editing | null = opened &&
    standing && {
      ...opened,
      at: standing,
      conflict: same(subject.held(opened.field), opened.old)
        ? ''
        : subject.conflictOf(opened.field),
      flawOf: text => subject.flawOf(opened.field, text)
    };
  const begin = (at: At, field: Field, present: string, typed?: string) => {
    desk.arrive(at);
    // A stage that was just added isn't painted yet.
    const now = desk.latest();
    const spot = spotOf(now, at);
    const draft = drafts.get(keyOf(spot));
    const before = (draft?.field === field ? draft.text : null) ?? present;
    const { held } = subjectOf(now.document, words, keyOf(spot));
    desk.become({
      opened: {
        ...{ spot, field, before, text: typed ?? before },
        old: held(field),
        isFresh: typed !== undefined
      }
    });
  };
  /** Read texts into cells: what fits is kept, as one step; what doesn't stays as a draft. */
  const enter = (
    texts: (readonly [At, string])[],
    field: Field = 'value',
    old?: Value
  ) => {
    const kept: [string, Draft | null][] = [];
    const ops: Op[] = [];
    let flaw = '';
    for (const [at, text] of texts) {
      const its = subjectOf(document, words, keyAt(at)).flawOf(field, text);
      flaw ||= its;
      kept.push([keyAt(at), its ? { field, text, reason: '' } : null]);
      if (!its) {
        ops.push(...opsOf(desk, at, field, text));
      }
    }
    // A heading has no room for what is wrong with it.
    const isTold = flaw && field === 'name';
    host.keep(kept, isTold ? { key: kept[0][0], reason: '' } : null);
    // What one changes is what one saw, not what another made of it meanwhile.
    host.send(
      ops.map(op =>
        old !== undefined && op.op === 'field' && op.field === field
          ? { ...op, old }
          : op
      )
    );
    return { flaw, wrong: kept.filter(([, draft]) => draft).length };
  };
  const tell = (at: At, flaw: string) => {
    // A refusal is told by the one who hears of it.
    if (!host.get().refusal) {
      desk.say(flaw || fill(words.changed, { cell: desk.nameAt(at) }));
    }
  };
  const end = (at: At, move: Move | 'leave') => {
    desk.become({ opened: null });
    if (move !== 'leave') {
      desk.go(isHeading(at) ? at : neighbour(at, move, desk.size));
    }
  };
  const drop = (at: At) => host.keep([[keyAt(at), null]]);
  return {
    ...{ editing, draftAt, textAt, drop },
    complaintAt: at => {
      const draft = draftAt(at);
      return draft
        ? subjectOf(document, words, keyAt(at)).complaintOf(draft)
        : '';
    },
    commit: (text, move) => {
      if (!editing) {
        return;
      }
      const { at, spot, field, before, old } = editing;
      if (!atOf(desk.latest(), spot)) {
        const draft = { field, text, reason: '' };
        desk.become({ opened: null });
        host.keep([[key, draft]], { key, reason: '' });
        // To no cell: whoever types on must not type into another one.
        desk.root.current?.focus();
        return;
      }
      end(at, move);
      // Whoever goes on has been told what there is now.
      const isTold = move !== 'leave';
      if (text !== before || (isTold && draftAt(at))) {
        const seen = isTold ? subject.held(field) : old;
        tell(at, enter([[at, text]], field, seen).flaw);
      }
    },
    open: (at, typed) => {
      if (desk.isEditable(at)) {
        const isDate = desk.laneAt(at).kind === 'date';
        begin(at, 'value', textAt(at), isDate ? undefined : typed);
      }
    },
    openTarget: at => begin(at, 'target', String(desk.seen(at).target ?? '')),
    openName: (at, name) => begin(at, 'name', name),
    cancel: () => {
      if (editing) {
        const { at, field } = editing;
        if (draftAt(at)?.field === field) {
          drop(at);
        }
        end(at, 'stay');
      }
    },
    empty: () => {
      const cells = cellsOf(desk.range).flat().filter(desk.isEditable);
      if (cells.length) {
        enter(cells.map(at => [at, '']));
        tell(desk.at, '');
      }
    },
    put: block => {
      const [targets, closed] = targetsOf(block, desk);
      const { wrong } = enter(targets);
      const count = targets.length - wrong;
      const said = wrong || closed ? words.pasted_partly : words.pasted;
      desk.say(plural(said, count, words.language, { wrong, closed }));
    }
  };
}

/** What keeps a text in a cell, or a name in a heading. */
function opsOf(desk: Desk, at: At, field: Field, text: string): Op[] {
  const { document, words } = desk;
  if (field === 'name') {
    const { id } = desk.recordAt(at);
    return withField(document, axisOf(at), id, field, text.trim());
  }
  const { place, lane } = desk.seen(at);
  const typed = fromText(text, lane, document, words.called);
  const value = 'value' in typed ? typed.value : null;
  return withCell(document, place, field, value);
}

/** Which text goes to which cell; a single one goes to every cell of the range. */
function targetsOf(
  block: Block,
  desk: Desk
): [targets: (readonly [At, string])[], closed: number] {
  const { top, left } = desk.range;
  const isOne = block.length === 1 && block[0].length === 1;
  const all = isOne
    ? cellsOf(desk.range)
        .flat()
        .map(at => [at, block[0][0]] as const)
    : block.flatMap((row, down) =>
        row.map((text, right) => [[top + down, left + right], text] as const)
      );
  const open = all.filter(
    ([at]) =>
      at[0] < desk.size.rows && at[1] < desk.size.columns && desk.isEditable(at)
  );
  return [open, all.length - open.length];
}

/** Where Tab leads after an edit; at the ends it stays. */
function neighbour([row, column]: At, move: Move, size: Size): At {
  const step = { stay: 0, next: 1, previous: -1 }[move];
  const to = step && tabbed({ row, column }, step, { ...size, first: 0 });
  return to ? [to.row, to.column] : [row, column];
}
