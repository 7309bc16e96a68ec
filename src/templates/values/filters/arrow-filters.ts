import type { Callable } from "../callable.ts";
import { compare } from "../compare.ts";
import { entriesOf } from "../entries-of.ts";
import { isTruthy } from "../is-truthy.ts";
import { checkItemCount } from "../limits.ts";
import { arrowOf, arrowWalk } from "../lists/arrow-walk.ts";
import { entriesAt, rebuilt } from "../lists/rebuilt.ts";

/** Filters that ask an arrow. */
export const ARROW_FILTERS: Readonly<Record<string, Callable>> = {
  filter: { parameters: ["arrow"], required: 1, call: ([value, arrow]) => filtered(value, arrow) },
  find: { parameters: ["arrow"], required: 1, call: ([value, arrow]) => found(value, arrow) },
  map: { parameters: ["arrow"], required: 1, call: ([value, arrow]) => mapped(value, arrow) },
  reduce: {
    parameters: ["arrow", "initial"],
    required: 1,
    call: ([value, arrow, initial]) => reduced(value, arrow, initial),
  },
  sort: { parameters: ["arrow"], call: ([value, arrow]) => sorted(value, arrow) },
};

function filtered(value: unknown, arrow: unknown): unknown {
  const walk = arrowWalk(value, arrow, "filter");
  const places = [...walk.values.keys()].filter((index) => isTruthy(walk.ask(index)));
  return rebuilt(entriesAt(walk, places));
}

function found(value: unknown, arrow: unknown): unknown {
  const { values, ask } = arrowWalk(value, arrow, "find");
  return values.find((_, index) => isTruthy(ask(index)));
}

function mapped(value: unknown, arrow: unknown): unknown {
  const { keys, values, ask } = arrowWalk(value, arrow, "map");
  return rebuilt({ keys, values: Array.from(values, (_, index) => ask(index)) });
}

function reduced(value: unknown, arrow: unknown, initial: unknown): unknown {
  const { keys, values } = entriesOf(value);
  const reducer = arrowOf(arrow, "reduce");
  checkItemCount(values.length);
  let carry = initial;
  for (let index = 0; index < values.length; index += 1) {
    carry = reducer.call(carry, values[index], keys === undefined ? index : keys[index]);
  }
  return carry;
}

function sorted(value: unknown, arrow: unknown): unknown {
  const entries = entriesOf(value);
  const { values } = entries;
  checkItemCount(values.length);
  const order = arrow === undefined ? compare : orderOf(arrow);
  const places = [...values.keys()].sort((one, other) => order(values[one], values[other]));
  return rebuilt(entriesAt(entries, places));
}

function orderOf(arrow: unknown): (left: unknown, right: unknown) => number {
  const order = arrowOf(arrow, "sort");
  return (left, right) => compare(order.call(left, right), 0);
}
