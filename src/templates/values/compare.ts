import { types } from "node:util";
import { ComparisonWalk } from "./comparison-walk.ts";
import { entriesOf, isCollection } from "./entries-of.ts";
import { numberIn } from "./number-of.ts";
import { toText } from "./to-text.ts";

/** In this order do values of different kinds stand. */
const NOTHING = 0;
const NUMBER = 1;
const TEXT = 2;
const LIST = 3;

type Rank = readonly [rank: number, value: number | bigint | string | readonly unknown[]];

/**
 * `left <=> right`, a total order: null, then numbers, then texts, then lists and mappings.
 *
 * A text that writes a number is that number, a date its milliseconds, a longer list is greater, and NaN is the greatest number.
 *
 * @returns -1, 0 or 1.
 * @throws {ValueFault} when lists are nested too deep, or hold themselves.
 */
export function compare(left: unknown, right: unknown): number {
  if (typeof left === "number" && typeof right === "number") return compareNumbers(left, right);
  return compareRanks(rankOf(left), rankOf(right));
}

function compareRanks([rank, left]: Rank, [otherRank, right]: Rank, walk?: ComparisonWalk): number {
  if (rank !== otherRank) return rank < otherRank ? -1 : 1;
  if (rank === NUMBER) return compareNumbers(left as number | bigint, right as number | bigint);
  if (rank === TEXT) return left < right ? -1 : Number(left > right);
  return rank === LIST ? compareLists(left as readonly unknown[], right as readonly unknown[], walk) : 0;
}

function compareNumbers(left: number | bigint, right: number | bigint): number {
  if (left < right) return -1;
  if (left > right) return 1;
  return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
}

function compareLists(
  left: readonly unknown[],
  right: readonly unknown[],
  walk: ComparisonWalk = new ComparisonWalk(),
): number {
  if (left.length !== right.length) return left.length < right.length ? -1 : 1;
  walk.enter(left.length);
  let order = 0;
  for (let index = 0; index < left.length && order === 0; index += 1) {
    order = compareRanks(rankOf(left[index]), rankOf(right[index]), walk);
  }
  walk.leave();
  return order;
}

function rankOf(value: unknown): Rank {
  switch (typeof value) {
    case "number":
    case "bigint":
      return [NUMBER, value];
    case "boolean":
      return [NUMBER, Number(value)];
    case "string":
      return rankOfText(value);
    case "object":
      return value === null ? [NOTHING, 0] : rankOfObject(value);
    default:
      return typeof value === "symbol" ? rankOfText(String(value)) : [NOTHING, 0];
  }
}

function rankOfText(text: string): Rank {
  const number = numberIn(text);
  return number === undefined ? [TEXT, text] : [NUMBER, number];
}

/** Objects of classes are compared by their text, as decimal numbers and ids from a database have one. */
function rankOfObject(value: object): Rank {
  if (types.isDate(value)) return [NUMBER, Date.prototype.getTime.call(value)];
  if (isCollection(value)) return [LIST, entriesOf(value).values];
  return rankOfText(toText(value));
}
