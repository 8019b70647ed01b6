// What a filter and a sort make of moments mustn't hang on where the browser stands.
process.env.TZ = 'Europe/Berlin';

import { expect, it } from 'vitest';

import { read } from '../src/store/frame_conditions';
import { listed } from '../src/store/frame_columns';
import { FrameRows } from '../src/store/frame_rows';
import type { Field, Kind, Value } from '../src/store/frame_types';
import { visibleKeys } from '../src/store/frame_view';

const field = (kind: Kind, change: Partial<Field> = {}): Field => ({
  ...{ label: kind, kind, dtype: kind, editable: true, nullable: false },
  ...{ options: [], minimum: null, maximum: null, pattern: null, zone: null },
  ...change
});

function met(text: string, column: Field, values: Value[]): Value[] {
  const asked = read(text, column);
  return 'test' in asked ? values.filter(asked.test) : [asked.flaw];
}

const moments = ['2026-03-31 00:00:00', '2026-03-31 01:30:00.5', null];
const zone = 'America/New_York';
const autumn = [
  '2026-11-01 01:30:00-04:00',
  '2026-11-01 01:10:00-05:00',
  '2026-11-01 00:59:00-04:00'
];

it('stands in another zone than Greenwich', () => {
  expect(new Date(2026, 0, 1).getTimezoneOffset()).toBe(-60);
});

it.each<[string, Field, Value[], Value[]]>([
  ['>=2026-03-31', field('datetime'), moments, moments.slice(0, 2)],
  ['<2026-03-31 01:30', field('datetime'), moments, [moments[0]]],
  ['=2026-03-31', field('datetime'), moments, [moments[0]]],
  ['>2026-03', field('datetime'), moments, moments.slice(0, 2)],
  ['<=2026-03-31', field('date'), ['2026-03-31'], ['2026-03-31']],
  ['>2026-03-30 12:00', field('date'), ['2026-03-31'], ['2026-03-31']],
  [
    '>=2026-11-01 01:00',
    field('datetime', { zone }),
    autumn,
    autumn.slice(0, 2)
  ],
  ['=2026-11-01T05:30Z', field('datetime', { zone }), autumn, [autumn[0]]],
  ['=15.0', field('number', { maximum: 9 }), [15, 1.5, null], [15]],
  ['=15.0', field('integer'), [15, 150], [15]],
  [
    '=9007199254740993',
    field('integer'),
    ['9007199254740993', '9007199254740992'],
    ['9007199254740993']
  ],
  ['>1.5', field('integer'), [1, 2], [2]],
  ['..', field('number'), [1, null], [1]],
  ['=yes', field('boolean'), [true, false, null], [true]],
  [
    '>=b',
    field('choice', { options: ['c', 'b', 'a'] }),
    ['a', 'b', 'c'],
    ['a', 'b']
  ],
  ['=B', field('text'), ['b', 'ab', null], ['b']],
  ['>1,5', field('number'), [1, 2], ['needs_number']],
  ['1,5..', field('number'), [1, 2], ['needs_number']],
  ['=soon', field('date'), [], ['needs_date']],
  ['=perhaps', field('boolean'), [true], ['needs_boolean']]
])('%s of %o among %j', (text, column, values, expected) => {
  expect(met(text, column, values)).toEqual(expected);
});

it('sorts moments by when they are', () => {
  const column = field('datetime', { zone });
  const index = { label: '', field: null, start: 0, step: 1, grows: true };
  const rows = new FrameRows(
    { keys: null, labels: null, columns: [listed(autumn)] },
    {
      ...{ frame_id: 'f', revision: 0, size: 3, columns: [column], index },
      ...{ can_undo: false, can_redo: false }
    }
  );
  const sort = [{ column: 0, descending: false }];
  expect(visibleKeys(rows, [column], { sort })).toEqual([2, 0, 1]);
});
