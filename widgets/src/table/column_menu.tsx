/** What can be done to a column: sort, filter by a text or by values, freeze, move, resize. */
import { useMemo, useState } from 'preact/hooks';

import type { Condition } from '../store/frame_conditions';
import { read } from '../store/frame_conditions';
import type { Value } from '../store/frame_types';
import { distinct } from '../store/frame_view';
import { spoken } from './cell';
import type { FrameHost } from './host';
import type { Action } from './popover';
import { Actions, Popover } from './popover';
import { withinBounds } from './use_resize';
import { fill } from './words';

/** Values that one would still choose from one by one. */
const LIMIT = 100;

const NOTE = 'jf-unread';

interface ColumnMenuProps {
  host: FrameHost;
  /** Where the column stands in the view, and in the frame. */
  place: number;
  column: number;
  isLast: boolean;
  width: number;
  at: { x: number; y: number };
  onMove: (to: number) => void;
  onClose: (isFocusKept: boolean) => void;
}

export function ColumnMenu(props: ColumnMenuProps) {
  const { host, place, column, width, at, onClose } = props;
  const field = host.get().about.columns[column];
  const look = host.look();
  const { words } = host.voice;
  const then = (change: Parameters<FrameHost['setLook']>[0]) => () => {
    host.setLook(change);
    onClose(true);
  };
  const widen = (by: number) => () =>
    host.setLook({
      widths: { ...host.look().widths, [column]: withinBounds(width + by) }
    });
  const move = (to: number) => () => {
    onClose(false);
    props.onMove(to);
  };
  const isFrozen = (look.frozen ?? 0) > place;
  const actions: Action[] = [
    [words.ascending, then({ sort: [{ column, descending: false }] })],
    [words.descending, then({ sort: [{ column, descending: true }] })],
    [words.unsorted, then({ sort: [] }), !look.sort?.length],
    isFrozen
      ? [words.unfreeze, then({ frozen: 0 })]
      : [words.freeze, then({ frozen: place + 1 })],
    [words.move_left, move(place - 1), place === 0],
    [words.move_right, move(place + 1), props.isLast],
    [words.wider, widen(40)],
    [words.narrower, widen(-40)]
  ];
  const name = fill(words.column_menu, { column: field.label });
  return (
    <Popover {...{ name, at, onClose }}>
      <Filter {...{ host, column }} onDone={() => onClose(true)} />
      <Actions actions={actions} />
    </Popover>
  );
}

interface FilterProps {
  host: FrameHost;
  column: number;
  onDone: () => void;
}

function Filter({ host, column, onDone }: FilterProps) {
  const { about, rows } = host.get();
  const { words } = host.voice;
  const field = about.columns[column];
  const now = host.look().filter?.[column] ?? '';
  const [text, setText] = useState(typeof now === 'string' ? now : '');
  const values = useMemo(() => distinct(rows, column, field, LIMIT), [rows]);
  const chosen = typeof now === 'string' ? [] : now;
  const [judged, setJudged] = useState(text);
  const asked = read(text, field);
  const flaw =
    text === judged && 'flaw' in asked
      ? fill(words[asked.flaw], asked.fields)
      : '';
  const apply = (said: Condition) => {
    const filter: Record<string, Condition> = {
      ...host.look().filter,
      [column]: said
    };
    const kept = Object.entries(filter).filter(([, each]) => each.length);
    host.setLook({ filter: Object.fromEntries(kept) });
  };
  const toggle = (value: Value) =>
    apply(
      chosen.includes(value)
        ? chosen.filter(item => item !== value)
        : [...chosen, value]
    );
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        setJudged(text);
        if (!('flaw' in asked)) {
          apply(text.trim());
          onDone();
        }
      }}
    >
      <label>
        {fill(words.filter_label, { column: field.label })}
        <input
          value={text}
          placeholder={words.filter_hint}
          title={words.filter_hint}
          aria-invalid={flaw ? 'true' : undefined}
          aria-describedby={flaw ? NOTE : undefined}
          onInput={event => setText(event.currentTarget.value)}
        />
      </label>
      {flaw && (
        <small class="jf-unread" id={NOTE} role="alert">
          {flaw}
        </small>
      )}
      <button type="submit">{words.filter}</button>
      {values ? (
        <fieldset class="jf-values">
          <legend>{words.filter_values}</legend>
          {values.map(value => (
            <label key={JSON.stringify(value)}>
              <input
                type="checkbox"
                checked={chosen.includes(value)}
                onChange={() => toggle(value)}
              />
              {value === null ? words.missing : spoken(value, words)}
            </label>
          ))}
        </fieldset>
      ) : (
        <small>{fill(words.many_values, { limit: LIMIT })}</small>
      )}
    </form>
  );
}
