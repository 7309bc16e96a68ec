import { types } from "node:util";
import { hasNoEntries, isPlainObject } from "./is-plain-object.ts";
import { checkItemCount } from "./limits.ts";

/** What `for` walks through, and every filter of lists. */
export interface Entries {
  /** Undefined for a list, whose keys are the numbers from 0. */
  readonly keys: readonly unknown[] | undefined;
  readonly values: readonly unknown[];
}

const NOTHING: Entries = Object.freeze({ keys: undefined, values: Object.freeze([]) });
const { forEach: forEachInMap } = Map.prototype;
const { forEach: forEachInSet } = Set.prototype;

/**
 * The items of a list, the own enumerable properties of an object, what a `Map`, `Set` or iterator holds. Nothing for anything else.
 *
 * A list is given as it is, without a copy, and may still hold functions: they count as null wherever they get to.
 *
 * @throws {ValueFault} when an iterator does not end within `LIMITS.listItems`.
 */
export function entriesOf(value: unknown): Entries {
  if (Array.isArray(value)) return { keys: undefined, values: value };
  if (!isIterable(value)) return NOTHING;
  if (types.isMap(value)) return entriesOfMap(value);
  if (types.isSet(value)) return valuesOfSet(value);
  if (isIterator(value)) return drain(value);
  const keys = Object.keys(value);
  return { keys, values: keys.map((key) => withoutFunction((value as Readonly<Record<string, unknown>>)[key])) };
}

/** Whether a value has entries, be they none. An instance of a class that owns nothing, as a `Date` or `URL`, is a single value. */
export function isIterable(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  return isCollection(value) || isIterator(value) || !hasNoEntries(value);
}

/** Whether a value is nothing but what it holds: a list, a plain object, a `Map` or `Set`. */
export function isCollection(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  return Array.isArray(value) || isPlainObject(value) || types.isMap(value) || types.isSet(value);
}

/** Whether the entries have names, as those of an object or `Map` do. It takes nothing out of an iterator. */
export function isMapping(value: unknown): boolean {
  if (!isIterable(value) || Array.isArray(value) || types.isSet(value)) return false;
  return types.isMap(value) || !isIterator(value);
}

/** Whether a value is an iterator that begins only once, as a generator does. It takes nothing out of it. */
export function isGivenOnce(value: unknown): value is Iterable<unknown> {
  return isIterable(value) && isIterator(value) && Object.is(value[Symbol.iterator](), value);
}

function isIterator(value: object): value is Iterable<unknown> {
  return typeof (value as Partial<Iterable<unknown>>)[Symbol.iterator] === "function";
}

function entriesOfMap(map: Map<unknown, unknown>): Entries {
  const keys: unknown[] = [];
  const values: unknown[] = [];
  forEachInMap.call(map, (value, key) => {
    keys.push(key);
    values.push(withoutFunction(value));
  });
  return { keys, values };
}

function valuesOfSet(set: Set<unknown>): Entries {
  const values: unknown[] = [];
  forEachInSet.call(set, (value) => values.push(withoutFunction(value)));
  return { keys: undefined, values };
}

function drain(items: Iterable<unknown>): Entries {
  const values: unknown[] = [];
  for (const item of items) {
    checkItemCount(values.length + 1);
    values.push(withoutFunction(item));
  }
  return { keys: undefined, values };
}

function withoutFunction(value: unknown): unknown {
  return typeof value === "function" ? undefined : value;
}
