// The twin of tests/model/test_golden.py: both sides read and write these files alike.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { blank } from '../src/store/blank';
import { dump, parse } from '../src/store/document';
import { inverse, patched } from '../src/store/patches';
import type { Op } from '../src/store/types';

const folder = join(import.meta.dirname, '../../tests/golden');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const files = readdirSync(folder).filter(it => it.endsWith('.journey.json'));

describe('golden files', () => {
  test.each(files)('%s is written as it was read', name => {
    expect(dump(parse(read(name)))).toBe(read(name));
  });

  test('a new journey is the one Python makes', () => {
    expect(dump(blank('New'))).toBe(read('new.journey.json'));
  });

  test('a patch and its inverse', () => {
    const before = parse(read('numbers-and-scripts.journey.json'));
    const ops = JSON.parse(read('patch.json')) as Op[];
    const after = patched(before, ops);
    expect(dump(after)).toBe(read('patched.journey.json'));
    expect(dump(patched(after, inverse(ops)))).toBe(dump(before));
  });
});

describe('what a file leaves out', () => {
  test('fields at their default, however deep', () => {
    const text = JSON.stringify({
      schema_version: 1,
      title: 'Full',
      revision: 0,
      settings: { min_group: 10, level: 0.95 },
      stages: [{ id: 'a', name: 'A', parent_id: null, actions: [] }]
    });
    expect(JSON.parse(dump(parse(text)))).toEqual({
      schema_version: 1,
      title: 'Full',
      stages: [{ id: 'a', name: 'A' }]
    });
  });
});

describe('a text that is no journey', () => {
  const lane = { id: 'mood', name: 'Mood', kind: 'score' };
  const stage = { id: 'trial', name: 'Trial' };
  const base = {
    schema_version: 1,
    title: 'x',
    lanes: [lane],
    stages: [stage]
  };
  test.each([
    ['{', '$: no JSON'],
    ['[]', '$: must be a JSON object'],
    [{ title: 'x' }, '$.schema_version: must be a whole number'],
    [{ schema_version: 2, title: 'x' }, 'the file is of schema 2'],
    [{ schema_version: 1 }, '$.title: is missing'],
    [{ ...base, title: '' }, '$.title: must not be empty'],
    [{ ...base, colour: 1 }, '$.colour: is no field of a journey file'],
    [{ ...base, stages: [stage, stage] }, '$.stages[1]: trial occurs twice'],
    [
      { ...base, cells: [{ lane_id: 'mood', stage_id: 'gone' }] },
      '$.cells[0].stage_id: there is no "gone" among the stages'
    ],
    [
      { ...base, cells: [{ lane_id: 'mood', stage_id: 'trial', value: 3 }] },
      'takes a number from -2 to 2'
    ],
    [
      { ...base, stages: [{ ...stage, parent_id: 'trial' }] },
      "a stage can't be its own sub-step"
    ]
  ])('%j', (given, message) => {
    const text = typeof given === 'string' ? given : JSON.stringify(given);
    expect(() => parse(text)).toThrow(message);
  });
});
