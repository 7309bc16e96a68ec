import { isWellFormed } from "../text/well-formed.ts";

/** How deep objects and arrays may lie in each other, the outermost one counted. */
export const MAX_JSON_DEPTH = 32;

/**
 * Reads a JSON object from the text of a stranger into objects that have no prototype, at every level.
 *
 * So `claims.isAdmin` is what the token says or nothing, whatever has been done to `Object.prototype`, and no key can
 * become a prototype: `__proto__` is dropped.
 *
 * @param text Decoded from valid UTF-8, so without a lone surrogate of its own.
 * @returns `null` unless it is the JSON text of an object without lone surrogates, at most
 *   {@link MAX_JSON_DEPTH} deep.
 * @see RFC 8725 §3.7, CWE-1321
 */
export function parseJsonObject(text: string): Record<string, unknown> | null {
  try {
    // Only a \u escape can bring one into such a text, and a reviver costs more than the parsing itself.
    const value: unknown = text.includes("\\u") ? JSON.parse(text, refuseLoneSurrogates) : JSON.parse(text);
    return isObject(value) && !Array.isArray(value) && dropPrototypes(value, 1) ? value : null;
  } catch {
    return null;
  }
}

function refuseLoneSurrogates(key: string, value: unknown): unknown {
  if (!isWellFormed(key) || (typeof value === "string" && !isWellFormed(value))) {
    throw new SyntaxError("The text has a lone surrogate.");
  }
  return value;
}

/** @returns `false` when the object is too deep. */
function dropPrototypes(object: Record<string, unknown>, depth: number): boolean {
  if (depth > MAX_JSON_DEPTH) return false;
  if (!Array.isArray(object)) {
    Object.setPrototypeOf(object, null);
    if (Object.hasOwn(object, "__proto__")) Reflect.deleteProperty(object, "__proto__");
  }
  for (const key in object) {
    const value = object[key];
    if (isObject(value) && !dropPrototypes(value, depth + 1)) return false;
  }
  return true;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
