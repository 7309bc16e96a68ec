import { checkTextLength, LIMITS } from "./limits.ts";

/**
 * The text of a value, as Twig prints it: nothing for null and false, `1` for true.
 *
 * Objects are converted as JavaScript does; whatever that gives is escaped afterwards. A function is never shown.
 */
export function toText(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined || value === false || typeof value === "function") return "";
  if (value === true) return "1";
  if (typeof value === "object") return objectText(value, 0);
  return String(value);
}

/** Rows of a database have no prototype, and nothing that could make a text of them. */
function objectText(value: object, depth: number): string {
  if (Array.isArray(value)) return listText(value, depth);
  try {
    return `${value}`;
  } catch {
    return "[object Object]";
  }
}

/** As JavaScript joins a list, but without the source of functions in it. */
function listText(values: readonly unknown[], depth: number): string {
  if (depth > LIMITS.nesting) return "";
  let text = "";
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    if (index > 0) text += ",";
    text += typeof value === "object" && value !== null ? objectText(value, depth + 1) : toText(value);
    checkTextLength(text.length);
  }
  return text;
}
