import { checkItemCount } from "./limits.ts";
import { numberOf } from "./number-of.ts";
import { ValueFault } from "./value-fault.ts";

const LETTER = /^[A-Za-z]$/;
/** What a sum of fractions like 0.1 may be off the mark. */
const ROUNDING = 1e-9;

/**
 * `from..to` and `range(from, to, step)`: numbers, or single letters, upwards or downwards, both ends included.
 *
 * @throws {ValueFault} when an end is neither a number nor a letter, the step is zero, or there would be too many items.
 */
export function rangeOf(from: unknown, to: unknown, step: unknown = 1): readonly (number | string)[] {
  const distance = Math.abs(finiteNumber(step ?? 1));
  if (distance === 0) throw new ValueFault('"range" needs a step that is not zero.');
  if (!isLetter(from) || !isLetter(to)) return numbers(finiteNumber(from), finiteNumber(to), distance);
  const codes = numbers(from.charCodeAt(0), to.charCodeAt(0), Math.max(1, Math.trunc(distance)));
  return codes.map((code) => String.fromCharCode(code));
}

function numbers(from: number, to: number, distance: number): readonly number[] {
  const count = Math.floor(Math.abs(to - from) / distance + ROUNDING) + 1;
  checkItemCount(count);
  const step = to < from ? -distance : distance;
  return Array.from({ length: count }, (_, index) => from + index * step);
}

function isLetter(value: unknown): value is string {
  return typeof value === "string" && LETTER.test(value);
}

function finiteNumber(value: unknown): number {
  const number = Number(numberOf(value, "range"));
  if (Number.isFinite(number)) return number;
  throw new ValueFault('"range" needs numbers that are finite.');
}
