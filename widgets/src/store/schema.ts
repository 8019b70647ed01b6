/** Checking by the part of JSON Schema that the journey's own schema uses. */
import { schema as generated } from '../generated/schema';

export interface Schema {
  $ref?: string;
  type?: string;
  const?: unknown;
  enum?: readonly unknown[];
  anyOf?: readonly Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: readonly string[];
  additionalProperties?: boolean | Schema;
  pattern?: string;
  minLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  $defs?: Record<string, Schema>;
}

export interface Flaw {
  /** A JSON path such as `$.cells[3].value`. */
  where: string;
  reason: string;
}

type Plain = Record<string, unknown>;

export const journeySchema = generated as unknown as Schema;

function resolved(schema: Schema): Schema {
  const name = schema.$ref?.split('/').pop();
  return name ? (journeySchema.$defs?.[name] ?? {}) : schema;
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const IS: Record<string, (value: unknown) => boolean> = {
  object: isPlain,
  array: value => Array.isArray(value),
  string: value => typeof value === 'string',
  number: value => typeof value === 'number' && Number.isFinite(value),
  integer: value => Number.isInteger(value),
  boolean: value => typeof value === 'boolean',
  null: value => value === null
};

/** Return the first thing that doesn't suit the schema, in the order of the file. */
export function firstFlaw(
  value: unknown,
  given: Schema = journeySchema,
  where = '$'
): Flaw | null {
  const schema = resolved(given);
  if (schema.anyOf) {
    const found = schema.anyOf.map(each => firstFlaw(value, each, where));
    return found.every(Boolean) ? (found[0] ?? null) : null;
  }
  if (schema.type && !IS[schema.type](value)) {
    return { where, reason: `must be of type ${schema.type}` };
  }
  const reason = flawOfValue(value, schema);
  if (reason) {
    return { where, reason };
  }
  if (Array.isArray(value)) {
    return first(value, (item, index) =>
      firstFlaw(item, schema.items ?? {}, `${where}[${index}]`)
    );
  }
  return isPlain(value) ? flawOfFields(value, schema, where) : null;
}

function flawOfValue(value: unknown, schema: Schema): string | null {
  if (schema.const !== undefined && value !== schema.const) {
    return `must be ${JSON.stringify(schema.const)}`;
  }
  if (schema.enum && !schema.enum.includes(value)) {
    return `must be one of ${schema.enum.join(', ')}`;
  }
  if (typeof value === 'string') {
    if (value.length < (schema.minLength ?? 0)) {
      return 'must not be empty';
    }
    if (schema.pattern && !new RegExp(schema.pattern, 'u').test(value)) {
      return `must match ${schema.pattern}`;
    }
  }
  return typeof value === 'number' ? flawOfNumber(value, schema) : null;
}

function flawOfNumber(value: number, schema: Schema): string | null {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  if (minimum !== undefined && value < minimum) {
    return `must be at least ${minimum}`;
  }
  if (maximum !== undefined && value > maximum) {
    return `must be at most ${maximum}`;
  }
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) {
    return `must be greater than ${exclusiveMinimum}`;
  }
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) {
    return `must be less than ${exclusiveMaximum}`;
  }
  return null;
}

function flawOfFields(
  value: Plain,
  schema: Schema,
  where: string
): Flaw | null {
  const missing = schema.required?.find(name => !(name in value));
  if (missing) {
    return { where: `${where}.${missing}`, reason: 'is missing' };
  }
  return first(Object.entries(value), ([name, item]) => {
    const known = schema.properties?.[name] ?? schema.additionalProperties;
    return known === false || known === undefined
      ? { where: `${where}.${name}`, reason: 'is no field of a journey file' }
      : firstFlaw(item, known === true ? {} : known, `${where}.${name}`);
  });
}

function first<T, R>(
  items: T[],
  look: (item: T, index: number) => R | null
): R | null {
  for (const [index, item] of items.entries()) {
    const found = look(item, index);
    if (found !== null) {
      return found;
    }
  }
  return null;
}
