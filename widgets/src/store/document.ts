/** Journey documents as text: the twin of `model/document.py`. */
import { stringify } from './canonical';
import { defaultsOf, withoutDefaults } from './defaults';
import { flawOfRecords } from './integrity';
import type { Flaw } from './schema';
import { firstFlaw, journeySchema } from './schema';
import type { Cell, Journey, Row } from './types';
import { COLLECTIONS, rowsOf } from './types';

/** The text is no journey; `where` is a JSON path. */
export class JourneyTextError extends Error {
  constructor(
    readonly where: string,
    readonly reason: string
  ) {
    super(`${where}: ${reason}`);
  }
}

function refuse(flaw: Flaw | null): void {
  if (flaw) {
    throw new JourneyTextError(flaw.where, flaw.reason);
  }
}

/** Read a document, or throw a `JourneyTextError` that says where it is wrong and why. */
export function parse(text: string): Journey {
  const data = plain(text);
  const newest = Number(journeySchema.properties?.schema_version.const);
  const version = data.schema_version;
  if (typeof version !== 'number' || !Number.isInteger(version)) {
    const reason = `must be a whole number, such as ${newest}; is this a journey file?`;
    throw new JourneyTextError('$.schema_version', reason);
  }
  if (version > newest) {
    const reason = `the file is of schema ${version}, this version reads up to ${newest}`;
    throw new JourneyTextError('$.schema_version', reason);
  }
  refuse(firstFlaw(data));
  const document = data as unknown as Journey;
  refuse(flawOfRecords(document));
  return document;
}

/** Write a document as the text of its file, byte for byte as Python writes it. */
export function dump(document: Journey): string {
  const rows = COLLECTIONS.map(name => {
    const kept = rowsOf(document, name).map(row => withoutDefaults(name, row));
    return [name, name === 'cells' ? kept.sort(byPlace) : kept] as const;
  });
  const settings = withoutDefaults('settings', { ...document.settings });
  const data = withoutDefaults('document', {
    ...(document as unknown as Row),
    ...Object.fromEntries(rows),
    settings: Object.keys(settings).length
      ? settings
      : defaultsOf('document').settings
  });
  data.schema_version =
    document.schema_version ?? journeySchema.properties?.schema_version.const;
  return stringify(data);
}

function plain(text: string): Record<string, unknown> {
  let data: unknown;
  try {
    // A byte order mark is no part of the text.
    data = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new JourneyTextError('$', `no JSON: ${(error as Error).message}`);
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    throw new JourneyTextError('$', 'must be a JSON object');
  }
  return data as Record<string, unknown>;
}

function byPlace(left: Row, right: Row): number {
  const [one, other] = [left, right] as unknown as [Cell, Cell];
  return (
    byCodePoint(one.lane_id, other.lane_id) ||
    byCodePoint(one.stage_id, other.stage_id) ||
    byCodePoint(one.persona_id ?? '', other.persona_id ?? '')
  );
}

/** Python compares code points where `<` compares UTF-16 code units. */
function byCodePoint(one: string, other: string): number {
  const [left, right] = [[...one], [...other]];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    if (left[at] !== right[at]) {
      return (left[at].codePointAt(0) ?? 0) - (right[at].codePointAt(0) ?? 0);
    }
  }
  return left.length - right.length;
}
