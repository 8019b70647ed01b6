// The twin of tests/grids/test_frame_packing.py: bytes that Python packed read as it says.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { unpacked } from '../src/store/frame_columns';
import type { RowsLayout, Value } from '../src/store/frame_types';

interface Golden {
  rows: RowsLayout;
  data: string[];
  labels: Value[];
  columns: Value[][];
}

const path = join(import.meta.dirname, '../../tests/golden/packed.json');
const golden = JSON.parse(readFileSync(path, 'utf8')) as Golden;

/** As a message's parts come: behind other bytes, where no number may begin. */
const data = golden.data.map(text => {
  const bytes = Uint8Array.from([1, ...Buffer.from(text, 'base64')]);
  return new DataView(bytes.buffer, 1);
});

test.each([
  ...golden.rows.columns.map((layout, at) => ({
    layout,
    values: golden.columns[at]
  })),
  ...(golden.rows.labels
    ? [{ layout: golden.rows.labels, values: golden.labels }]
    : [])
])('$layout.as reads as $values', ({ layout, values }) => {
  const column = unpacked(layout, data);
  expect(column.size).toBe(values.length);
  expect(values.map((_, place) => column.at(place))).toEqual(values);
});
