/** What a record's fields hold if nothing is said: files and patches leave that out. */
import * as defaults from '../generated/defaults';
import type { Collection, Row } from './types';

type Kind = Collection | 'document' | 'settings';

const BY_KIND: Record<Kind, Readonly<Record<string, unknown>>> = defaults;

export function defaultsOf(kind: Kind): Readonly<Record<string, unknown>> {
  return BY_KIND[kind];
}

/** Return a record without the fields that hold their default. */
export function withoutDefaults(kind: Kind, row: Row): Row {
  const known = BY_KIND[kind];
  return Object.fromEntries(
    Object.entries(row).filter(
      ([name, value]) => !(name in known && same(value, known[name]))
    )
  );
}

/** Whether two values hold the same, whatever the order of their names. */
export function same(one: unknown, other: unknown): boolean {
  return sorted(one) === sorted(other);
}

function sorted(value: unknown): string {
  return JSON.stringify(value ?? null, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort())
      : item
  );
}
