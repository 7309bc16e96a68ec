import { Arrow } from "../arrow.ts";
import { type Entries, entriesOf } from "../entries-of.ts";
import { kindOf } from "../kind-of.ts";
import { checkItemCount } from "../limits.ts";
import { ValueFault } from "../value-fault.ts";

/** The entries of a list or mapping, and what an arrow says about each of them: how `filter`, `map` and their like begin. */
export interface ArrowWalk extends Entries {
  /** The value and key at an index, given to the arrow. */
  readonly ask: (index: number) => unknown;
}

/** @throws {ValueFault} when there are too many items, or no arrow. */
export function arrowWalk(value: unknown, arrow: unknown, filter: string): ArrowWalk {
  const { keys, values } = entriesOf(value);
  const asked = arrowOf(arrow, filter);
  checkItemCount(values.length);
  return { keys, values, ask: (index) => asked.call(values[index], keys === undefined ? index : keys[index]) };
}

/** @throws {ValueFault} when it is no arrow, also when it is a function that was found in the data. */
export function arrowOf(arrow: unknown, filter: string): Arrow {
  if (Arrow.is(arrow)) return arrow;
  throw new ValueFault(`"${filter}" needs an arrow like v => v.price > 3, and was given ${kindOf(arrow)}.`);
}
