/** Values ⇄ the text one types, per kind of column. */
import type { Field, Value } from './frame_types';

export type Flaw =
  | 'needs_value'
  | 'needs_number'
  | 'needs_integer'
  | 'needs_boolean'
  | 'needs_date'
  | 'needs_datetime'
  | 'needs_choice'
  | 'needs_pattern'
  | 'needs_minimum'
  | 'needs_maximum';

export type Typed =
  { value: Value } | { flaw: Flaw; fields: Record<string, string> };

const INTEGER = /^[+-]?\d{1,30}$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(:\d{2}(\.\d{1,9})?)?\s?(Z|[+-]\d{2}:?\d{2})?$/;
const TRUE = ['true', 'yes', '1', 'x', '✓'];
const FALSE = ['false', 'no', '0'];

const flawed = (flaw: Flaw, fields: Record<string, string> = {}): Typed => ({
  flaw,
  fields
});

/** Return a value as one would type it. */
export function fromPlain(value: Value): string {
  if (value === null) {
    return '';
  }
  if (!Array.isArray(value)) {
    return String(value);
  }
  // A line break anywhere says that commas are part of the tags.
  const lines = value.join('\n');
  return lines.includes(',') ? `${lines}\n` : lines;
}

/** Return a value as a reader sees it in a cell of one line. */
export function shown(value: Value): string {
  return Array.isArray(value) ? value.join(', ') : fromPlain(value);
}

/** Return what a typed or pasted text means in a column. */
export function typed(text: string, field: Field): Typed {
  const trimmed = text.trim();
  if (trimmed === '') {
    return field.nullable ? { value: null } : flawed('needs_value');
  }
  switch (field.kind) {
    case 'number':
      return number(trimmed.replace('−', '-'), field);
    case 'integer':
      return integer(trimmed.replace('−', '-'), field);
    case 'boolean':
      return boolean(trimmed.toLowerCase());
    case 'date':
      return isDay(trimmed) ? { value: trimmed } : flawed('needs_date');
    case 'datetime':
      return moment(trimmed);
    case 'choice':
      return choice(text, field);
    case 'tags':
      return { value: items(text) };
    default:
      return matching(text, field);
  }
}

function number(text: string, field: Field): Typed {
  if (/^[+-]?(inf|infinity)$/i.test(text)) {
    return { value: text.startsWith('-') ? '-Infinity' : 'Infinity' };
  }
  return NUMBER.test(text) && Number.isFinite(Number(text))
    ? bounded(Number(text), Number(text), field)
    : flawed('needs_number');
}

function integer(text: string, field: Field): Typed {
  // Spreadsheets write 3.0 for 3.
  const whole = text.replace(/\.0+$/, '');
  if (!INTEGER.test(whole)) {
    return flawed('needs_integer');
  }
  const value = Number(whole);
  const kept = Number.isSafeInteger(value)
    ? value
    : BigInt(whole.replace('+', '')).toString();
  return bounded(value, kept, field);
}

function bounded(number: number, value: Value, field: Field): Typed {
  const { minimum, maximum } = field;
  if (minimum !== null && number < minimum) {
    return flawed('needs_minimum', { minimum: String(minimum) });
  }
  if (maximum !== null && number > maximum) {
    return flawed('needs_maximum', { maximum: String(maximum) });
  }
  return { value };
}

function boolean(text: string): Typed {
  if (TRUE.includes(text) || FALSE.includes(text)) {
    return { value: TRUE.includes(text) };
  }
  return flawed('needs_boolean');
}

function isDay(text: string): boolean {
  // 2026-02-31 would become the third of March.
  return (
    DAY.test(text) &&
    !Number.isNaN(Date.parse(text)) &&
    new Date(text).toISOString().startsWith(text)
  );
}

function moment(text: string): Typed {
  const full = DAY.test(text) ? `${text} 00:00` : text;
  const parts = MOMENT.exec(full);
  return parts && isDay(parts[1]) && +parts[2] < 24 && +parts[3] < 60
    ? { value: full }
    : flawed('needs_datetime');
}

function choice(text: string, field: Field): Typed {
  const plain = (option: string) => option.trim().toLowerCase();
  const found =
    field.options.find(option => option === text) ??
    field.options.find(option => plain(option) === plain(text));
  return found === undefined
    ? flawed('needs_choice', { options: field.options.join(', ') })
    : { value: found };
}

function items(text: string): string[] {
  const separator = text.includes('\n') ? '\n' : ',';
  return text
    .split(separator)
    .map(item => item.trim())
    .filter(item => item !== '');
}

function matching(text: string, field: Field): Typed {
  if (field.pattern) {
    try {
      if (!new RegExp(`^(?:${field.pattern})$`, 'u').test(text)) {
        return flawed('needs_pattern', { pattern: field.pattern });
      }
    } catch {
      // A pattern that only Python understands is judged there.
    }
  }
  return { value: text };
}
