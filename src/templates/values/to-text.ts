/**
 * The text of a value, as Twig prints it: nothing for null and false, `1` for true.
 *
 * Objects are converted as JavaScript does; whatever that gives is escaped afterwards. A function is never shown.
 */
export function toText(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined || value === false || typeof value === "function") return "";
  if (value === true) return "1";
  if (typeof value === "object") return objectText(value);
  return String(value);
}

/** Rows of a database have no prototype, and nothing that could make a text of them. */
function objectText(value: object): string {
  try {
    return `${value}`;
  } catch {
    return "[object Object]";
  }
}
