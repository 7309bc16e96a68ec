import type { Callable } from "../callable.ts";
import { characterCount, charactersOf } from "../characters.ts";
import { entriesOf, isIterable } from "../entries-of.ts";
import { isEmpty } from "../is-empty.ts";
import { isTruthy } from "../is-truthy.ts";
import { checkTextLength } from "../limits.ts";
import { batches } from "../lists/batches.ts";
import { joinedItems } from "../lists/joined-items.ts";
import { merged } from "../lists/merged.ts";
import { entriesAt, rebuilt, withKeys } from "../lists/rebuilt.ts";
import { memberOf } from "../member-of.ts";
import { sliceOf } from "../slice-of.ts";
import { toText } from "../to-text.ts";

export const LIST_FILTERS: Readonly<Record<string, Callable>> = {
  batch: {
    parameters: ["size", "fill"],
    required: 1,
    call: ([value, size, fill]) => batches(value, size, fill),
  },
  column: { parameters: ["name"], required: 1, call: ([value, name]) => column(value, name) },
  default: {
    parameters: ["default"],
    call: ([value, fallback]) => (isEmpty(value) ? (fallback ?? "") : value),
  },
  first: { parameters: [], call: ([value]) => single(sliceOf(value, 0, 1)) },
  join: { parameters: ["glue", "and"], call: ([value, glue, and]) => joinedItems(value, glue, and) },
  keys: { parameters: [], call: ([value]) => withKeys(entriesOf(value)).keys },
  last: { parameters: [], call: ([value]) => single(sliceOf(value, -1)) },
  length: { parameters: [], call: ([value]) => lengthOf(value) },
  merge: { parameters: ["...arrays"], required: 1, call: (values) => merged(values) },
  reverse: { parameters: ["preserve_keys"], call: ([value, keepsKeys]) => reversed(value, isTruthy(keepsKeys)) },
  shuffle: { parameters: [], call: ([value], { random }) => shuffled(value, random) },
  slice: {
    parameters: ["start", "length"],
    required: 1,
    call: ([value, start, length]) => sliceOf(value, start, length),
  },
};

/** What stands in a list of one, or a text of one character as it is. */
function single(part: unknown): unknown {
  return isIterable(part) ? entriesOf(part).values[0] : part;
}

function column(value: unknown, name: unknown): readonly unknown[] {
  return entriesOf(value)
    .values.map((row) => memberOf(row, name))
    .filter((cell) => cell !== undefined);
}

function lengthOf(value: unknown): number {
  return isIterable(value) ? entriesOf(value).values.length : characterCount(toText(value));
}

function reversed(value: unknown, keepsKeys: boolean): unknown {
  if (!isIterable(value)) return [...shortCharacters(value)].reverse().join("");
  const entries = keepsKeys ? withKeys(entriesOf(value)) : entriesOf(value);
  return rebuilt(entriesAt(entries, [...entries.values.keys()].reverse()));
}

/** A list of characters takes many times the memory of their text. */
function shortCharacters(value: unknown): readonly string[] {
  const text = toText(value);
  checkTextLength(text.length);
  return charactersOf(text);
}

/** Each order is as likely as any other (Fisher and Yates). The keys of a mapping are lost, as in Twig. */
function shuffled(value: unknown, random: () => number): unknown {
  const isList = isIterable(value);
  const items = isList ? [...entriesOf(value).values] : [...shortCharacters(value)];
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [items[last], items[other]] = [items[other], items[last]];
  }
  return isList ? items : items.join("");
}
