import { types } from "node:util";
import { ComparisonWalk } from "./comparison-walk.ts";
import { entriesOf, isCollection } from "./entries-of.ts";
import { isTruthy } from "./is-truthy.ts";
import { numberIn } from "./number-of.ts";
import { toText } from "./to-text.ts";

type Equality = (left: unknown, right: unknown, walk?: ComparisonWalk) => boolean;

/**
 * `left == right`: true and false are what `if` takes for it, a number equals the text that writes it, null equals `""`.
 *
 * Two texts are equal only when they are the same: `"1e3"` is not `"1000"`, so no token equals another one.
 */
export function looselyEqual(left: unknown, right: unknown): boolean {
  return isLoose(left, right);
}

/** `same as`: no conversion at all. Lists and mappings are the same when all in them is. */
export function isSame(left: unknown, right: unknown): boolean {
  return isStrict(left, right);
}

/** What `in` looks for: as `==`, but true, false and null only equal themselves. Else true would be in every list of names. */
export function isSameItem(left: unknown, right: unknown): boolean {
  return isDecided(left) || isDecided(right) ? isSame(left, right) : looselyEqual(left, right);
}

function isDecided(value: unknown): boolean {
  return typeof value === "boolean" || isNothing(value);
}

function isLoose(left: unknown, right: unknown, walk?: ComparisonWalk): boolean {
  if (left === right) return true;
  if (typeof left === "string" && typeof right === "string") return false;
  if (typeof left === "boolean" || typeof right === "boolean") return isTruthy(left) === isTruthy(right);
  if (isNothing(left) || isNothing(right)) return isBlank(left) && isBlank(right);
  if (isNumber(left) || isNumber(right)) return isSameNumber(left, right);
  if (types.isDate(left) && types.isDate(right)) return timeOf(left) === timeOf(right);
  if (isCollection(left) || isCollection(right)) return hasSameEntries(left, right, isLoose, walk);
  // Two instances of classes are equal when they are one; an instance and a text when that is its text.
  return (typeof left === "string" || typeof right === "string") && toText(left) === toText(right);
}

function isStrict(left: unknown, right: unknown, walk?: ComparisonWalk): boolean {
  if (left === right || (isNothing(left) && isNothing(right))) return true;
  if (isNumber(left) && isNumber(right)) return isSameNumber(left, right);
  return hasSameEntries(left, right, isStrict, walk);
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || typeof value === "function";
}

function isBlank(value: unknown): boolean {
  return isNothing(value) || value === "";
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

function isSameNumber(left: unknown, right: unknown): boolean {
  if (isCollection(left) || isCollection(right)) return false;
  const [one, other] = [left, right].map((value) => (isNumber(value) ? value : numberIn(toText(value))));
  return one !== undefined && other !== undefined && one <= other && one >= other;
}

function hasSameEntries(
  left: unknown,
  right: unknown,
  areEqual: Equality,
  walk: ComparisonWalk = new ComparisonWalk(),
): boolean {
  if (!isCollection(left) || !isCollection(right)) return false;
  const one = entriesOf(left);
  const other = entriesOf(right);
  const count = one.values.length;
  if (count !== other.values.length || (one.keys === undefined) !== (other.keys === undefined)) return false;
  walk.enter(count);
  const places = placesOf(one.keys, other.keys);
  let areSame = true;
  for (let index = 0; index < count && areSame; index += 1) {
    const place = places === undefined ? index : places[index];
    areSame = place !== undefined && areEqual(one.values[index], other.values[place], walk);
  }
  walk.leave();
  return areSame;
}

/** Where each key of one mapping stands in the other one. Two lists have the same places. */
function placesOf(
  keys: readonly unknown[] | undefined,
  others: readonly unknown[] = [],
): readonly (number | undefined)[] | undefined {
  const places = new Map(others.map((key, place) => [keyText(key), place]));
  return keys?.map((key) => places.get(keyText(key)));
}

/** A number and the text that writes it are one key. */
function keyText(key: unknown): unknown {
  return typeof key === "number" ? String(key) : key;
}

function timeOf(date: Date): number {
  return Date.prototype.getTime.call(date);
}
