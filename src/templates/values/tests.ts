import type { Callable } from "./callable.ts";
import { callableTable } from "./callable-table.ts";
import { isIterable, isMapping } from "./entries-of.ts";
import { isEmpty } from "./is-empty.ts";
import { isSame } from "./loosely-equal.ts";
import { isWhole, numberIfAny, numberOf } from "./number-of.ts";
import { ValueFault } from "./value-fault.ts";

const NULL: Callable = { parameters: [], call: ([value]) => isSame(value, null) };

/** Every test of the language but `defined`, which the compiler answers, by name. */
export const TESTS: Readonly<Record<string, Callable>> = callableTable({
  "divisible by": { parameters: ["by"], required: 1, call: ([value, by]) => remainder(value, divisor(by)) === 0 },
  empty: { parameters: [], call: ([value]) => isEmpty(value) },
  even: { parameters: [], call: ([value]) => remainder(value, 2n) === 0 },
  iterable: { parameters: [], call: ([value]) => isIterable(value) },
  mapping: { parameters: [], call: ([value]) => isMapping(value) },
  none: NULL,
  null: NULL,
  odd: { parameters: [], call: ([value]) => Math.abs(remainder(value, 2n)) === 1 },
  "same as": { parameters: ["value"], required: 1, call: ([value, other]) => isSame(value, other) },
  sequence: { parameters: [], call: ([value]) => isIterable(value) && !isMapping(value) },
});

/** What remains, or NaN when the value is no whole number, which is neither odd nor even. */
function remainder(value: unknown, by: bigint): number {
  const number = numberIfAny(value);
  return number !== undefined && isWhole(number) ? Number(BigInt(number) % by) : Number.NaN;
}

function divisor(by: unknown): bigint {
  const number = numberOf(by, "divisible by");
  if (isWhole(number) && Number(number) !== 0) return BigInt(number);
  throw new ValueFault('"divisible by" needs a whole number that is not zero.');
}
