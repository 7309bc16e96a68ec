import { Markup } from "../markup.ts";
import { kindOf } from "./kind-of.ts";
import { LIMITS } from "./limits.ts";
import { ValueFault } from "./value-fault.ts";

const NUMERAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?$/;
const INTEGER = /^[+-]?\d+$/;

/**
 * The number that a text writes, or `undefined` when it writes none. Spaces around it do not count.
 *
 * An integer that a floating-point number cannot hold becomes a `bigint`: two different ids never become one.
 */
export function numberIn(text: string): number | bigint | undefined {
  if (text.length > LIMITS.numeralCharacters) return undefined;
  const numeral = text.trim();
  if (!NUMERAL.test(numeral)) return undefined;
  const number = Number(numeral);
  return Number.isSafeInteger(number) || !INTEGER.test(numeral) ? number : BigInt(numeral);
}

/** A number, or the one that a text writes. */
export function numberIfAny(value: unknown): number | bigint | undefined {
  if (typeof value === "number" || typeof value === "bigint") return value;
  return typeof value === "string" || Markup.is(value) ? numberIn(String(value)) : undefined;
}

export function isWhole(number: number | bigint): boolean {
  return typeof number === "bigint" || Number.isInteger(number);
}

/**
 * A value as a number.
 *
 * @param place What needs the number, as the message shall name it: `"+"`, `"round"`.
 * @throws {ValueFault} when it is neither a number nor a text that writes one.
 */
export function numberOf(value: unknown, place: string): number | bigint {
  const number = numberIfAny(value);
  if (number !== undefined) return number;
  const isNothing = value === null || value === undefined || typeof value === "function";
  const remedy = isNothing ? " Give it a value with |default(0)." : "";
  throw new ValueFault(`"${place}" needs a number, and was given ${kindOf(value)}.${remedy}`);
}

/** A whole number, as positions and lengths are. A fraction is cut off. @throws {ValueFault} when it is none. */
export function wholeNumberOf(value: unknown, place: string): number {
  const number = Math.trunc(Number(numberOf(value, place)));
  if (Number.isNaN(number)) throw new ValueFault(`"${place}" needs a whole number, and was given none.`);
  return number;
}
