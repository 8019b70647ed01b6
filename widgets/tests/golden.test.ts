// The twin of tests/model/test_golden.py: both sides read and write these files alike.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { between } from '../src/store/between';
import { blank } from '../src/store/blank';
import { dump, parse } from '../src/store/document';
import { flawOfRecords } from '../src/store/integrity';
import type { Op } from '../src/store/patches';
import { applies, inverse, patched } from '../src/store/patches';
import * as structure from '../src/store/structure';
import type { Journey } from '../src/store/types';

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

  const models = JSON.parse(read('stage_models.json')) as Record<
    string,
    Journey['stages']
  >;
  test.each(Object.entries(models))(
    'the stages of %s are those Python makes',
    (stageModel, stages) => {
      expect(blank('New', { stageModel }).stages).toEqual(stages);
    }
  );

  test.each(JSON.parse(read('slugs.json')) as [string, string[], string][])(
    '%j beside %j is %j',
    (name, taken, slug) => {
      expect(structure.uniqueId(name, taken)).toBe(slug);
    }
  );
});

interface Case {
  name: string;
  before: Journey;
  after: Journey | null;
}
const { patches, verbs } = JSON.parse(read('patches.json')) as {
  patches: (Case & { ops: Op[] })[];
  verbs: (Case & { verb: string; arguments: string[] })[];
};

describe('patches', () => {
  test.each(patches)('$name', ({ before, ops, after }) => {
    const isFit = applies(before, ops);
    const changed = patched(before, ops);
    if (after === null) {
      expect(isFit && flawOfRecords(changed) === null).toBe(false);
      return;
    }
    expect(isFit).toBe(true);
    expect(dump(changed)).toBe(dump(after));
    expect(applies(changed, inverse(ops))).toBe(true);
    expect(dump(patched(changed, inverse(ops)))).toBe(dump(before));
  });

  test.each(verbs)('$name', ({ before, after, verb, arguments: given }) => {
    const ops = opsOf(before, verb, given);
    const changed = patched(before, ops);
    expect(applies(before, ops)).toBe(true);
    expect(dump(changed)).toBe(dump(after as Journey));
    expect(dump(patched(changed, inverse(ops)))).toBe(dump(before));
  });
});

describe('from one document to another', () => {
  const cases = [...patches, ...verbs].filter(({ after }) => after);
  test.each(cases)('$name', ({ before, after }) => {
    for (const [one, other] of [
      [before, after as Journey],
      [after as Journey, before]
    ]) {
      const ops = between(one, other);
      expect(applies(one, ops)).toBe(true);
      expect(dump(patched(one, ops))).toBe(dump(other));
      expect(dump(patched(other, inverse(ops)))).toBe(dump(one));
    }
  });
});

function opsOf(document: Journey, verb: string, given: string[]): Op[] {
  const [collection, id, more] = given as ['stages' | 'lanes', string, string?];
  switch (verb) {
    case 'rename':
      return structure.withField(document, collection, id, 'name', more);
    case 'move':
      return structure.moved(document, collection, id, more ?? null);
    case 'remove':
      return structure.removed(document, collection, id);
    default:
      return structure.duplicated(document, collection, id).ops;
  }
}

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
