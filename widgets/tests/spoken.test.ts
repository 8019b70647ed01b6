import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { words } from '../src/generated/words';
import { nameOf, seenAt, viewOf } from '../src/map/view';
import { learn } from '../src/map/words';
import { Store } from '../src/store/store';
import type { Journey } from '../src/store/types';

interface Case {
  name: string;
  persona: string | null;
  states: Record<string, string>;
  document: Journey;
  said: Record<string, string[]>;
}

learn(words);
const cases = JSON.parse(
  readFileSync(
    join(import.meta.dirname, '../../tests/golden/spoken.json'),
    'utf8'
  )
) as Case[];

test.each(cases)(
  'cells are read out $name as the static map tells them',
  ({ persona, states, document, said }) => {
    const state = new Store(document, { persona, deliver: () => {} }).get();
    const view = viewOf(state, undefined, states);
    for (const lane of view.lanes) {
      const names = view.stages.map(stage => nameOf(seenAt(view, lane, stage)));
      const told = said[lane.name].map(
        (text, at) =>
          `${lane.name}, ${view.stages[at].name}: ${text || 'empty'}`
      );
      expect(names).toEqual(told);
    }
  }
);
