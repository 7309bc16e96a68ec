import { types } from "node:util";
import { hasNoEntries, isPlainObject } from "./is-plain-object.ts";
import { toText } from "./to-text.ts";

/** The test `empty`: null, false, a text without characters, a list or mapping without items. Zero is not empty. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === "") return true;
  if (typeof value !== "object") return typeof value === "function";
  if (Array.isArray(value)) return value.length === 0;
  if (isPlainObject(value)) return hasNoEntries(value);
  if (types.isMap(value) || types.isSet(value)) return value.size === 0;
  return toText(value) === "";
}
