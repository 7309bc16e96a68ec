import { LIMITS } from "./limits.ts";
import { isWhole, numberOf } from "./number-of.ts";
import { ValueFault } from "./value-fault.ts";

type Operator = "+" | "-" | "*" | "/" | "//" | "%" | "**" | "b-and" | "b-or" | "b-xor";
type Operation = (left: unknown, right: unknown) => number | bigint;

const WORD_BITS = 64;

/**
 * What `+`, `-` and so on do, by operator.
 *
 * They take numbers and texts that write one. Integers beyond 2^53 are exact where both sides are integers.
 *
 * @throws {ValueFault} when a side is no number, something is divided by zero, or an integer gets too large.
 */
export const ARITHMETIC: Readonly<Record<Operator, Operation>> = {
  "+": operation(
    "+",
    (a, b) => a + b,
    (a, b) => a + b,
  ),
  "-": operation(
    "-",
    (a, b) => a - b,
    (a, b) => a - b,
  ),
  "*": operation(
    "*",
    (a, b) => a * b,
    (a, b) => a * b,
  ),
  "/": operation("/", divide, (a, b) => (a % nonZero(b) === 0n ? a / b : divide(Number(a), Number(b)))),
  "//": operation("//", (a, b) => Math.floor(divide(a, b)), floorDivide),
  "%": operation("%", remainder, (a, b) => a % nonZero(b)),
  "**": operation("**", power, powerOfIntegers),
  "b-and": onBits("b-and", (a, b) => a & b),
  "b-or": onBits("b-or", (a, b) => a | b),
  "b-xor": onBits("b-xor", (a, b) => a ^ b),
};

/** `-value` */
export function negate(value: unknown): number | bigint {
  return -numberOf(value, "-");
}

function operation(
  name: Operator,
  ofNumbers: (left: number, right: number) => number,
  ofIntegers: (left: bigint, right: bigint) => bigint | number,
): Operation {
  return (left, right) => {
    const a = numberOf(left, name);
    const b = numberOf(right, name);
    if (typeof a === "number" && typeof b === "number") return ofNumbers(a, b);
    if (!isWhole(a) || !isWhole(b)) return ofNumbers(Number(a), Number(b));
    return withinBounds(ofIntegers(BigInt(a), BigInt(b)));
  };
}

function onBits(name: Operator, of: (left: bigint, right: bigint) => bigint): Operation {
  return (left, right) => {
    const a = numberOf(left, name);
    const b = numberOf(right, name);
    if (!isWhole(a) || !isWhole(b)) throw new ValueFault(`"${name}" needs whole numbers.`);
    const bits = BigInt.asIntN(WORD_BITS, of(BigInt(a), BigInt(b)));
    return Number.isSafeInteger(Number(bits)) ? Number(bits) : bits;
  };
}

function withinBounds<Value extends number | bigint>(value: Value): Value {
  if (typeof value === "number" || BigInt.asIntN(LIMITS.integerBits, value) === value) return value;
  throw new ValueFault(`This makes an integer of more than ${LIMITS.integerBits} bits, which is the limit.`);
}

function nonZero<Value extends number | bigint>(divisor: Value): Value {
  if (Number(divisor) === 0) throw new ValueFault("This divides by zero. Ask first: {% if count %}…{% endif %}.");
  return divisor;
}

function divide(dividend: number, divisor: number): number {
  return dividend / nonZero(divisor);
}

function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / nonZero(divisor);
  return quotient * divisor !== dividend && dividend < 0n !== divisor < 0n ? quotient - 1n : quotient;
}

/** Of whole numbers, as in Twig: what stands behind the point is cut off first. */
function remainder(dividend: number, divisor: number): number {
  return Math.trunc(dividend) % nonZero(Math.trunc(divisor)) || 0;
}

function power(base: number, exponent: number): number {
  return exponent < 0 ? nonZero(base) ** exponent : base ** exponent;
}

function powerOfIntegers(base: bigint, exponent: bigint): bigint | number {
  if (exponent < 0n) return power(Number(base), Number(exponent));
  if (base < -1n || base > 1n) return base ** (exponent > LIMITS.integerBits ? BigInt(LIMITS.integerBits) : exponent);
  return base ** (exponent > 2n ? 2n + (exponent % 2n) : exponent);
}
