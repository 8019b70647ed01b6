/** Which little window is open: a column's or a row's. */
import { labelOf } from './body';
import type { Desk } from './commands';
import { insert, moveColumn, remove } from './commands';
import type { At } from './keys';
import { ColumnMenu } from './column_menu';
import { Actions, Popover } from './popover';
import { fill, plural } from './words';

export interface Open {
  at: At;
  x: number;
  y: number;
}

interface MenuProps {
  desk: Desk;
  open: Open;
  onClose: (isFocusKept: boolean) => void;
}

export function Menu({ desk, open, onClose }: MenuProps) {
  const { host, view, cursor, isReadOnly } = desk;
  const { grid, widths } = view;
  const { words, language } = host.voice;
  const { row, column } = open.at;
  if (row >= 0) {
    const name = fill(words.row_menu, {
      row: labelOf(grid, grid.keys[row])
    });
    const count = cursor.area.bottom - cursor.area.top + 1;
    const then = (act: () => void) => () => {
      onClose(false);
      act();
    };
    const isOff = isReadOnly || !grid.state.about.index.grows;
    return (
      <Popover name={name} at={open} onClose={onClose}>
        <Actions
          actions={[
            [words.insert_above, then(() => insert(desk, 'above')), isOff],
            [words.insert_below, then(() => insert(desk, 'below')), isOff],
            [
              plural(words.delete_rows, count, language),
              then(() => remove(desk)),
              isReadOnly
            ]
          ]}
        />
      </Popover>
    );
  }
  return (
    <ColumnMenu
      {...{ host, onClose }}
      at={open}
      place={column}
      column={grid.columns[column]}
      isLast={column === grid.columns.length - 1}
      onMove={to => moveColumn(desk, column, to)}
      width={widths[column]}
    />
  );
}
