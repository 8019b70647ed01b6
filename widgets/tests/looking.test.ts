import type { AnyModel } from '@anywidget/types';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { Look } from '../src/hosts/looking';
import { Looking } from '../src/hosts/looking';
import { PATIENCE_MS } from '../src/store/outbox';

interface Looks {
  sort?: string;
  frozen?: number;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function made() {
  let [view, hear] = [{} as Looks, () => {}];
  const model = {
    get: () => view,
    on: (_: string, listener: () => void) => void (hear = listener)
  };
  const sent: Look<Looks>[] = [];
  const overdue = vi.fn();
  const say = (look: Look<Looks>) => void sent.push(look);
  const looking = new Looking(
    model as unknown as AnyModel<{ view: Looks }>,
    { say, overdue } // nobody answers by itself
  );
  const python = (told: Looks) => {
    view = told;
    hear();
  };
  return { looking, sent, overdue, python };
}

it('sends each change at once, and stays ahead until the last is answered', () => {
  const { looking, sent, python } = made();
  looking.change({ sort: 'age' });
  looking.change({ frozen: 1 });
  expect(sent.map(({ change }) => change)).toEqual([
    { sort: 'age' },
    { frozen: 1 }
  ]);
  python({ sort: 'age' });
  looking.heard(sent[0].id);
  expect(looking.get()).toEqual({ sort: 'age', frozen: 1 });
  looking.heard(sent[1].id);
  expect(looking.get()).toEqual({ sort: 'age', frozen: 1 });
  python({ sort: 'name' });
  expect(looking.get()).toEqual({ sort: 'name' });
});

it('asks where nobody answers, and says what is still unanswered again', () => {
  const { looking, sent, overdue } = made();
  looking.change({ sort: 'age' });
  looking.change({ frozen: 1 });
  vi.advanceTimersByTime(PATIENCE_MS);
  expect(overdue).toHaveBeenCalledTimes(1);
  looking.again();
  expect(sent[2].change).toEqual({ sort: 'age', frozen: 1 });
  looking.heard(sent[2].id);
  looking.again();
  vi.advanceTimersByTime(PATIENCE_MS);
  expect([sent.length, overdue.mock.calls.length]).toEqual([3, 1]);
});
