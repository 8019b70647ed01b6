import { expect, test } from 'vitest';

import { frameWords } from '../src/generated/frame_words';
import { fill, plural } from '../src/words';

test('fields without a value stay as they are', () => {
  expect(fill('{a} and {b}', { a: 1 })).toBe('1 and {b}');
});

test.each([
  ['en', ['0 rows', '1 row', '2 rows', '12,000 rows']],
  ['de', ['0 Zeilen', '1 Zeile', '2 Zeilen', '12.000 Zeilen']],
  ['ja', ['0行', '1行', '2行', '12,000行']],
  ['zh-Hant', ['0 列', '1 列', '2 列', '12,000 列']]
] as const)('%s says how many as it does for that number', (language, said) => {
  const { rows } = frameWords[language];
  const counted = [0, 1, 2, 12_000].map(n => plural(rows, n, language));
  expect(counted).toEqual(said);
});
