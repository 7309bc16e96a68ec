import { types } from "node:util";
import { sliceCharacters } from "./characters.ts";
import { toText } from "./to-text.ts";

const INDEX = /^(?:0|[1-9]\d{0,14})$/;

/**
 * `object.key` and `object[key]`: what the object itself owns, a `Map` has under the key, or the character of a text.
 *
 * Nothing inherited is ever reached, and a function is as good as nothing.
 */
export function memberOf(object: unknown, key: unknown): unknown {
  if (typeof object !== "object" || object === null) {
    return typeof object === "string" ? characterAt(object, key) : undefined;
  }
  // Converted once: an object could name one key when asked for, and another when read.
  const name = typeof key === "string" || typeof key === "number" ? key : toText(key);
  if (Object.hasOwn(object, name)) {
    const value = (object as Readonly<Record<string | number, unknown>>)[name];
    return typeof value === "function" ? undefined : value;
  }
  return types.isMap(object) ? valueInMap(object, key) : undefined;
}

const { get, has } = Map.prototype;

/** `map[1]` and `map["1"]` are the same, as they are for objects. */
function valueInMap(map: Map<unknown, unknown>, key: unknown): unknown {
  const value = get.call(map, has.call(map, key) ? key : otherSpelling(key));
  return typeof value === "function" ? undefined : value;
}

function otherSpelling(key: unknown): unknown {
  if (typeof key === "number") return String(key);
  return typeof key === "string" && INDEX.test(key) ? Number(key) : key;
}

function characterAt(text: string, key: unknown): string | undefined {
  const index = typeof key === "string" && INDEX.test(key) ? Number(key) : key;
  if (typeof index !== "number" || !Number.isInteger(index) || index < 0 || index >= text.length) return undefined;
  return sliceCharacters(text, index, index + 1) || undefined;
}
