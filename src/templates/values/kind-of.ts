import { types } from "node:util";
import { Markup } from "../markup.ts";
import { UrlText } from "../url-text.ts";
import { Arrow } from "./arrow.ts";

/** What a value is called in an error. The value itself may be a secret. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined || typeof value === "function") return "null";
  if (typeof value === "string") return "a text";
  if (typeof value === "bigint") return "a number";
  if (typeof value !== "object") return `a ${typeof value}`;
  if (Array.isArray(value)) return "a list";
  if (Markup.is(value) || UrlText.is(value)) return "a text";
  if (Arrow.is(value)) return "an arrow";
  return types.isDate(value) ? "a date" : "an object";
}
