/** The little windows of a column, a row, and the help. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import type { Field } from '../store/frame_types';
import type { Look } from '../store/frame_view';
import type { FrameHost } from './host';
import { moved, withinBounds } from './head';
import { fill, words } from './words';

interface PopoverProps {
  name: string;
  at: { x: number; y: number };
  onClose: (isFocusKept: boolean) => void;
  children: ComponentChildren;
}

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

export function Popover({ name, at, onClose, children }: PopoverProps) {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    root.current?.querySelector<HTMLElement>('button, input')?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    const inside = [
      ...(root.current?.querySelectorAll<HTMLElement>('button, input') ?? [])
    ].filter(element => !element.hasAttribute('disabled'));
    const step = STEPS[event.key];
    if (event.key === 'Escape') {
      event.preventDefault();
      onClose(true);
    } else if (step) {
      event.preventDefault();
      const shown = root.current?.getRootNode() as Document | ShadowRoot;
      const now = inside.indexOf(shown.activeElement as HTMLElement);
      inside[(now + step + inside.length) % inside.length]?.focus();
    }
  };
  return (
    <div
      ref={root}
      role="dialog"
      aria-label={name}
      class="jf-popover"
      style={{ insetInlineStart: `${at.x}px`, insetBlockStart: `${at.y}px` }}
      onKeyDown={onKeyDown}
      onFocusOut={event => {
        const next = event.relatedTarget as Node | null;
        if (!next || !root.current?.contains(next)) {
          onClose(false);
        }
      }}
    >
      {children}
    </div>
  );
}

export type Action = readonly [label: string, run: () => void, isOff?: boolean];

export function Actions({ actions }: { actions: readonly Action[] }) {
  return (
    <>
      {actions.map(([label, run, isOff]) => (
        <button key={label} type="button" disabled={isOff} onClick={run}>
          {label}
        </button>
      ))}
    </>
  );
}

interface ColumnMenuProps {
  host: FrameHost;
  field: Field;
  place: number;
  columns: readonly number[];
  width: number;
  at: { x: number; y: number };
  onClose: (isFocusKept: boolean) => void;
}

export function ColumnMenu(props: ColumnMenuProps) {
  const { host, field, place, columns, width, at, onClose } = props;
  const column = columns[place];
  const look = host.look();
  const [filter, setFilter] = useState(look.filter?.[column] ?? '');
  const then = (change: Parameters<FrameHost['setLook']>[0]) => () => {
    host.setLook(change);
    onClose(true);
  };
  const widen = (by: number) => () =>
    host.setLook({
      widths: { ...host.look().widths, [column]: withinBounds(width + by) }
    });
  const applyFilter = () => {
    const filters = Object.entries(look.filter ?? {}).filter(
      ([key]) => key !== String(column)
    );
    const text = filter.trim();
    const own = text ? [[String(column), text]] : [];
    host.setLook({
      filter: Object.fromEntries([...filters, ...own]) as Look['filter']
    });
  };
  const isFrozen = (look.frozen ?? 0) > place;
  const actions: Action[] = [
    [words.ascending, then({ sort: [{ column, descending: false }] })],
    [words.descending, then({ sort: [{ column, descending: true }] })],
    [words.unsorted, then({ sort: [] }), !look.sort?.length],
    isFrozen
      ? [words.unfreeze, then({ frozen: 0 })]
      : [words.freeze, then({ frozen: place + 1 })],
    [
      words.move_left,
      then({ order: moved(columns, place, place - 1) }),
      place === 0
    ],
    [
      words.move_right,
      then({ order: moved(columns, place, place + 1) }),
      place === columns.length - 1
    ],
    [words.wider, widen(40)],
    [words.narrower, widen(-40)]
  ];
  const name = fill(words.column_menu, { column: field.label });
  return (
    <Popover {...{ name, at, onClose }}>
      <form
        onSubmit={event => {
          event.preventDefault();
          applyFilter();
          onClose(true);
        }}
      >
        <label>
          {fill(words.filter_label, { column: field.label })}
          <input
            value={filter}
            placeholder={words.filter_hint}
            title={words.filter_hint}
            onInput={event => setFilter(event.currentTarget.value)}
          />
        </label>
        <button type="submit">{words.filter}</button>
      </form>
      <Actions actions={actions} />
    </Popover>
  );
}
