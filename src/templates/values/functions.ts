import type { Callable, Surroundings } from "./callable.ts";
import { callableTable } from "./callable-table.ts";
import { charactersOf } from "./characters.ts";
import { compare } from "./compare.ts";
import { dateOf } from "./dates/date-of.ts";
import { timeZone } from "./dates/time-zone.ts";
import { entriesOf, isIterable } from "./entries-of.ts";
import { memberOf } from "./member-of.ts";
import { wholeNumberOf } from "./number-of.ts";
import { rangeOf } from "./range-of.ts";
import { ValueFault } from "./value-fault.ts";

const MAX_RANDOM = 2 ** 31 - 1;

/** Every function of the language that asks nothing of the template it stands in, by name. */
export const FUNCTIONS: Readonly<Record<string, Callable>> = callableTable({
  attribute: { parameters: ["variable", "attribute"], required: 2, call: ([value, key]) => memberOf(value, key) },
  cycle: { parameters: ["values", "position"], required: 2, call: ([values, position]) => turn(values, position) },
  date: {
    parameters: ["date", "timezone"],
    call: ([value, zone], { now }) => dateOf(value, now(), timeZone(zone)),
  },
  max: { parameters: ["...values"], required: 1, call: (values) => extreme(values, 1, "max") },
  min: { parameters: ["...values"], required: 1, call: (values) => extreme(values, -1, "min") },
  random: { parameters: ["values", "max"], call: ([values, most], { random }) => randomOf(values, most, random) },
  range: { parameters: ["low", "high", "step"], required: 2, call: ([low, high, step]) => rangeOf(low, high, step) },
});

function turn(values: unknown, position: unknown): unknown {
  const items = entriesOf(values).values;
  if (items.length === 0) throw new ValueFault('"cycle" needs a list that is not empty.');
  const at = wholeNumberOf(position, "cycle") % items.length;
  return items[at < 0 ? at + items.length : at];
}

/** Of one list, or of the values themselves. @param sign 1 for the greatest, -1 for the least. */
function extreme(values: readonly unknown[], sign: 1 | -1, name: string): unknown {
  const items = values.length === 1 && isIterable(values[0]) ? entriesOf(values[0]).values : values;
  if (items.length === 0) throw new ValueFault(`"${name}" needs a list that is not empty.`);
  return items.reduce((best, item) => (compare(item, best) * sign > 0 ? item : best));
}

/** A number up to one that is given, or between two; an item of a list; a character of a text. */
function randomOf(values: unknown, most: unknown, random: Surroundings["random"]): unknown {
  if (typeof values === "string" && most === undefined) return oneOf(charactersOf(values), random);
  if (isIterable(values)) return oneOf(entriesOf(values).values, random);
  const [one, other] = most === undefined || most === null ? [0, values ?? MAX_RANDOM] : [values ?? 0, most];
  return between(wholeNumberOf(one, "random"), wholeNumberOf(other, "random"), random);
}

function between(one: number, other: number, random: () => number): number {
  const least = Math.min(one, other);
  return least + Math.floor(random() * (Math.max(one, other) - least + 1));
}

function oneOf(items: readonly unknown[], random: () => number): unknown {
  if (items.length === 0) throw new ValueFault('"random" was given nothing to choose from.');
  return items[Math.floor(random() * items.length)];
}
