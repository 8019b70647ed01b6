/**
 * Columns as Python packs them: bytes that are read in place, cell by cell, only where one looks.
 *
 * The Python twin is `jupyter_journey/grids/frame_packing.py`.
 */
import type { Value } from './frame_types';

export type Layout =
  | { as: 'numbers'; data: number }
  | { as: 'codes'; names: Value[]; width: 1 | 2 | 4; data: number }
  | { as: 'moments'; unit: Unit; data: number; offsets: number | null }
  | { as: 'texts'; data: number; bounds: number; missing: number | null }
  | { as: 'values'; data: number };

type Unit = 'D' | 's' | 'ms' | 'us' | 'ns';

/** Cells that never change, by the place they were packed at. */
export interface Packed {
  readonly size: number;
  at(place: number): Value;
}

type Buffers = readonly (DataView | ArrayBuffer)[];

const CODES = { 1: Int8Array, 2: Int16Array, 4: Int32Array };
const MISSING = -(2n ** 63n);
/** How many of a unit make a second, and the digits that takes. */
const DIGITS = { s: 0, ms: 3, us: 6, ns: 9 };

const decoder = new TextDecoder();

export function unpacked(layout: Layout, buffers: Buffers): Packed {
  // Copied, as a message's parts don't begin where numbers may; and the message can go.
  const bytes = (place: number) => {
    const part = buffers[place];
    return part instanceof ArrayBuffer
      ? part
      : (part.buffer.slice(
          part.byteOffset,
          part.byteOffset + part.byteLength
        ) as ArrayBuffer);
  };
  switch (layout.as) {
    case 'numbers': {
      const numbers = new Float64Array(bytes(layout.data));
      return { size: numbers.length, at: place => number(numbers[place]) };
    }
    case 'codes': {
      const { names } = layout;
      const codes = new CODES[layout.width](bytes(layout.data));
      return { size: codes.length, at: place => names[codes[place]] ?? null };
    }
    case 'moments': {
      const ticks = new BigInt64Array(bytes(layout.data));
      const offsets =
        layout.offsets === null ? null : new Int32Array(bytes(layout.offsets));
      return {
        size: ticks.length,
        at: place =>
          ticks[place] === MISSING
            ? null
            : moment(ticks[place], layout.unit) +
              (offsets ? offset(offsets[place]) : '')
      };
    }
    case 'texts': {
      const text = new Uint8Array(bytes(layout.data));
      const bounds = new Uint32Array(bytes(layout.bounds));
      const missing =
        layout.missing === null ? null : new Uint8Array(bytes(layout.missing));
      return {
        size: bounds.length - 1,
        at: place =>
          missing?.[place]
            ? null
            : decoder.decode(text.subarray(bounds[place], bounds[place + 1]))
      };
    }
    case 'values':
      return listed(
        JSON.parse(decoder.decode(bytes(layout.data))) as readonly Value[]
      );
  }
}

export function listed(values: readonly Value[]): Packed {
  return { size: values.length, at: place => values[place] };
}

/** A column with what became of its cells since it was packed. */
export class Column {
  private readonly changed = new Map<number, Value>();

  constructor(private readonly packed: Packed) {}

  at(place: number): Value {
    const value = this.changed.get(place);
    if (value !== undefined) {
      return value;
    }
    return place < this.packed.size ? this.packed.at(place) : null;
  }

  set(place: number, value: Value): void {
    this.changed.set(place, value);
  }
}

function number(value: number): Value {
  if (Number.isFinite(value)) {
    return value;
  }
  return Number.isNaN(value) ? null : String(value);
}

function moment(ticks: bigint, unit: Unit): string {
  if (unit === 'D') {
    return iso(Number(ticks) * 86_400).slice(0, 10);
  }
  const digits = DIGITS[unit];
  const perSecond = 10n ** BigInt(digits);
  const part = ((ticks % perSecond) + perSecond) % perSecond;
  const whole = iso(Number((ticks - part) / perSecond)).replace('T', ' ');
  const fraction = part
    ? `.${String(part).padStart(digits, '0').replace(/0+$/, '')}`
    : '';
  return whole.slice(0, 19) + fraction;
}

const iso = (seconds: number) => new Date(seconds * 1000).toISOString();

function offset(seconds: number): string {
  const of = (part: number) => String(Math.floor(part)).padStart(2, '0');
  const far = Math.abs(seconds);
  const rest = far % 60 ? `:${of(far % 60)}` : '';
  return `${seconds < 0 ? '-' : '+'}${of(far / 3600)}:${of((far / 60) % 60)}${rest}`;
}
