import { Markup } from "../markup.ts";
import { UrlText } from "../url-text.ts";
import { entriesOf, isIterable } from "./entries-of.ts";
import { isSameItem } from "./loosely-equal.ts";
import { toText } from "./to-text.ts";

/** `needle in haystack`: whether a list or mapping has the value, or a text the part. */
export function isIn(needle: unknown, haystack: unknown): boolean {
  if (isText(haystack)) return isPart(needle) && toText(haystack).includes(toText(needle));
  if (!isIterable(haystack)) return false;
  return entriesOf(haystack).values.some((value) => isSameItem(needle, value));
}

/** `left starts with right` */
export function startsWith(left: unknown, right: unknown): boolean {
  return isPart(left) && isPart(right) && toText(left).startsWith(toText(right));
}

/** `left ends with right` */
export function endsWith(left: unknown, right: unknown): boolean {
  return isPart(left) && isPart(right) && toText(left).endsWith(toText(right));
}

/** Null would be the empty text, which is in every text. */
function isPart(value: unknown): boolean {
  return typeof value === "number" || typeof value === "bigint" || isText(value);
}

function isText(value: unknown): boolean {
  return typeof value === "string" || Markup.is(value) || UrlText.is(value);
}
