/** What a value sorts and compares by; of moments not where the browser stands. */
import type { Field, Value } from './frame_types';
import { shown } from './frame_values';

const MOMENT =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:[\d:.]+))?\s?(?:([+-])(\d{2}):?(\d{2})(?::?(\d{2}))?|Z)?$/;

/** Return a number where the kind has an order of its own, else a text. */
export function rank(
  value: Exclude<Value, null>,
  field: Field
): number | string {
  switch (field.kind) {
    case 'number':
    case 'integer':
      return Number(value);
    case 'boolean':
      return value ? 1 : 0;
    case 'date':
    case 'datetime':
      return instant(String(value));
    case 'choice':
      return field.options.indexOf(String(value));
    default:
      return shown(value);
  }
}

/** When a moment is; one that names no offset, as if in Greenwich. */
function instant(text: string): number {
  const [, , , sign, ...parts] = MOMENT.exec(text) ?? [];
  const [hours, minutes, seconds] = parts.map(part => Number(part ?? 0));
  const offset = sign ? (hours * 60 + minutes) * 60 + seconds : 0;
  return clock(text) - (sign === '-' ? -offset : offset) * 1000;
}

/** What the clock on the wall shows then, whatever its offset. */
export function clock(text: string): number {
  const [, day, time = '00:00'] = MOMENT.exec(text) ?? [];
  return Date.parse(`${day}T${time}Z`);
}

export function namesOffset(text: string): boolean {
  return /(Z|:.*[+-]\d{2}:?\d{2})$/.test(text);
}
