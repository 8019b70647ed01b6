/** Typing into the map: which cell or heading is open, what was typed wrong, what gets kept. */
import { useEffect, useState } from 'preact/hooks';

import { fromText, toText } from '../store/cells';
import type { Op } from '../store/patches';
import { withAbout, withField, withValue } from '../store/structure';
import { keyOf } from '../store/types';
import type { Block } from '../store/blocks';
import type { Move } from './editor';
import type { At, Size } from './keys';
import type { Spot } from './spot';
import { atOf, spotOf } from './spot';
import type { Desk } from './use_map';
import { cellsOf } from './use_map';
import { cellOf, viewOf } from './view';
import { fill } from './words';

interface Opened {
  spot: Spot;
  text: string;
  /** What the editor held when it opened. */
  before: string;
  isFresh: boolean;
  isTarget: boolean;
}

export interface Editing extends Opened {
  at: At;
}

export interface Typing {
  readonly editing: Editing | null;
  /** What was typed and can't be kept as it is, by the key of its cell. */
  readonly drafts: ReadonlyMap<string, string>;
  open: (at: At, typed?: string) => void;
  openTarget: (at: At) => void;
  openName: (at: At, name: string) => void;
  commit: (text: string, move: Move | 'leave') => void;
  cancel: () => void;
  empty: () => void;
  put: (block: Block) => void;
  textAt: (at: At) => string;
  /** Why a name can't be a stage's or lane's; empty if it can. */
  flawOfName: (text: string, at: At) => string;
}

export function useEditing(desk: Desk): Typing {
  const { host, words, view, document } = desk;
  const [opened, setOpened] = useState<Opened | null>(null);
  const [drafts, setDrafts] = useState<ReadonlyMap<string, string>>(new Map());
  const standing = opened && atOf(view, opened.spot);
  const editing = opened && standing && { ...opened, at: standing };
  const latest = () => viewOf(host.get(), desk.looks);
  const leave = () => {
    setOpened(null);
    desk.say(words.gone);
    // To no cell: whoever types on must not type into another one.
    desk.root.current?.focus();
  };
  useEffect(() => {
    if (opened && !standing) {
      leave();
    }
  });

  const cell = (at: At) =>
    cellOf(view.rows[at[0]].view, desk.laneAt(at), desk.stageAt(at));
  const textAt = (at: At) =>
    drafts.get(keyOf(desk.place(at))) ??
    toText(cell(at)?.value ?? null, desk.laneAt(at), document);
  const begin = (at: At, before: string, typed?: string, isTarget = false) => {
    const isFresh = typed !== undefined;
    desk.arrive(at);
    // A stage that was just added isn't painted yet.
    const spot = spotOf(latest(), at);
    setOpened({ spot, before, text: typed ?? before, isFresh, isTarget });
  };
  /** Read texts into cells: what fits is kept, as one step; what doesn't stays as a draft. */
  const enter = (texts: (readonly [At, string])[]) => {
    const kept = new Map(drafts);
    const ops: Op[] = [];
    let flaw = '';
    for (const [at, text] of texts) {
      const place = desk.place(at);
      const typed = fromText(text, desk.laneAt(at), document);
      if ('flaw' in typed) {
        kept.set(keyOf(place), text);
        flaw = fill(words[typed.flaw], typed.fields);
      } else {
        kept.delete(keyOf(place));
        ops.push(...withValue(document, place, typed.value));
      }
    }
    setDrafts(kept);
    host.send(ops);
    return {
      flaw,
      wrong: [...kept.keys()].filter(key => !drafts.has(key)).length
    };
  };
  const tell = (at: At, flaw: string) =>
    desk.say(flaw || fill(words.changed, { cell: desk.nameAt(at) }));
  const end = (at: At, move: Move | 'leave') => {
    setOpened(null);
    if (move !== 'leave') {
      desk.go(at[0] < 0 || at[1] < 0 ? at : neighbour(at, move, desk.size));
    }
  };
  const commit = (text: string, move: Move | 'leave') => {
    if (!editing) {
      return;
    }
    const { at, spot, before, isTarget } = editing;
    if (!atOf(latest(), spot)) {
      leave();
      return;
    }
    end(at, move);
    if (at[0] < 0 || at[1] < 0) {
      if (!flawOfName(desk, text, at)) {
        host.send(withName(desk, text.trim(), at));
      }
    } else if (isTarget) {
      const typed = fromText(text, desk.laneAt(at), document);
      if ('value' in typed) {
        const target = typed.value as number | null;
        host.send(withAbout(document, desk.place(at), 'target', target));
        tell(at, '');
      }
    } else if (text !== before || drafts.has(keyOf(desk.place(at)))) {
      tell(at, enter([[at, text]]).flaw);
    }
  };
  return {
    editing,
    drafts,
    textAt,
    commit,
    flawOfName: (text, at) => flawOfName(desk, text, at),
    open: (at, typed) => {
      if (desk.isEditable(at)) {
        const isDate = desk.laneAt(at).kind === 'date';
        begin(at, textAt(at), isDate ? undefined : typed);
      }
    },
    openTarget: at =>
      begin(at, String(cell(at)?.target ?? ''), undefined, true),
    openName: (at, name) => begin(at, name),
    cancel: () => {
      if (editing) {
        const { at } = editing;
        if (at[0] >= 0 && at[1] >= 0) {
          const kept = new Map(drafts);
          kept.delete(keyOf(desk.place(at)));
          setDrafts(kept);
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
      desk.say(fill(said, { count, wrong, closed }));
    }
  };
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

function record(desk: Desk, at: At) {
  return at[0] < 0
    ? { collection: 'stages' as const, ...desk.stageAt(at) }
    : { collection: 'lanes' as const, ...desk.laneAt(at) };
}

function withName(desk: Desk, name: string, at: At): Op[] {
  const { collection, id } = record(desk, at);
  return withField(desk.document, collection, id, 'name', name);
}

function flawOfName(desk: Desk, text: string, at: At): string {
  const { collection, id } = record(desk, at);
  const name = text.trim();
  const isTaken = desk.document[collection]?.some(
    it => it.name === name && it.id !== id
  );
  return !name
    ? desk.words.needs_title
    : isTaken
      ? fill(desk.words.needs_other, { name })
      : '';
}

/** Where Tab leads after an edit; at the ends it stays. */
function neighbour([row, column]: At, move: Move, size: Size): At {
  const step = { stay: 0, next: 1, previous: -1 }[move];
  const last = size.rows * size.columns - 1;
  const at = Math.max(0, Math.min(last, row * size.columns + column + step));
  return [Math.floor(at / size.columns), at % size.columns];
}
