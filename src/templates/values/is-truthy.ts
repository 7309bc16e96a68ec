import { types } from "node:util";
import { Markup } from "../markup.ts";
import { UrlText } from "../url-text.ts";
import { hasNoEntries, isPlainObject } from "./is-plain-object.ts";

/** What `if` takes for true, as Twig does: `"0"` and everything empty is false, also a list or mapping. */
export function isTruthy(value: unknown): boolean {
  switch (typeof value) {
    case "boolean":
      return value;
    case "string":
      return value !== "" && value !== "0";
    case "number":
    case "bigint":
      return Boolean(value) || Number.isNaN(value);
    case "object":
      return value !== null && isTruthyObject(value);
    case "symbol":
      return true;
    default:
      return false;
  }
}

function isTruthyObject(value: object): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isPlainObject(value)) return !hasNoEntries(value);
  if (Markup.is(value) || UrlText.is(value)) return isTruthy(String(value));
  return !types.isMap(value) && !types.isSet(value) ? true : value.size > 0;
}
