/** How wide the columns are, before anyone resizes them: by their first values. */
import type { FrameRows } from '../store/frame_rows';
import type { About, Kind, Value } from '../store/frame_types';
import { INDEX } from '../store/frame_types';
import { shown } from '../store/frame_values';

const LETTER = 7.4;
const SAMPLE = 60;
const BOUNDS = { least: 84, most: 320, labels: 56 };

/** Around a heading: its arrow once it is sorted, and its menu. */
const AROUND = 72;

/** Room for chips, and for the calendar beside a field. */
const EXTRA: Partial<Record<Kind, number>> = {
  tags: 30,
  choice: 30,
  date: 22,
  datetime: 22
};

export function widthsOf(
  about: About,
  rows: FrameRows,
  columns: readonly number[],
  set: Readonly<Record<string, number>>
): number[] {
  return columns.map(column => {
    const field = about.columns[column];
    const values = rows.keys
      .slice(0, SAMPLE)
      .map(key => rows.value(key, column));
    const extra = EXTRA[field.kind] ?? 0;
    const longest = Math.max(0, ...values.map(letters));
    const width = Math.max(
      longest * LETTER + 26 + extra,
      field.label.length * LETTER + AROUND
    );
    return (
      set[column] ??
      Math.round(Math.min(BOUNDS.most, Math.max(BOUNDS.least, width)))
    );
  });
}

export function labelWidth(about: About, rows: FrameRows): number {
  const some = [...rows.keys.slice(0, SAMPLE), ...rows.keys.slice(-SAMPLE)];
  const longest = Math.max(
    about.index.label.length,
    ...some.map(key => letters(rows.value(key, INDEX)))
  );
  return Math.round(
    Math.min(220, Math.max(BOUNDS.labels, longest * LETTER + 28))
  );
}

function letters(value: Value): number {
  return shown(value).split('\n')[0].length;
}
