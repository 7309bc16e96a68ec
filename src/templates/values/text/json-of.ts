import { types } from "node:util";
import { JsonText } from "../../json-text.ts";
import { Markup } from "../../markup.ts";
import { entriesOf } from "../entries-of.ts";
import { checkTextLength, LIMITS } from "../limits.ts";
import { toText } from "../to-text.ts";
import { ValueFault } from "../value-fault.ts";

const ESCAPES: Readonly<Record<string, string>> = {
  "<": "\\u003C",
  ">": "\\u003E",
  "&": "\\u0026",
  "'": "\\u0027",
  "`": "\\u0060",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
};

/**
 * A value as JSON that can stand in a script: nothing in it ends the script, or begins a comment of HTML.
 *
 * A `Map` is an object, a `Set` a list, an integer beyond 2^53 a text, so that no digit of it is lost.
 *
 * @throws {ValueFault} when a value holds itself, is nested too deep, or makes too much text.
 */
export function jsonOf(value: unknown): JsonText {
  let left: number = LIMITS.nestedValues;
  let characters = 0;
  const replace = (_: string, item: unknown): unknown => {
    left -= 1;
    if (left < 0) throw new ValueFault(`"json_encode" was given more than ${LIMITS.nestedValues} values.`);
    if (typeof item === "string") characters += item.length;
    checkTextLength(characters);
    return plain(item);
  };
  const json = stringify(value, replace);
  checkTextLength(json.length);
  return new JsonText(json.replace(/[<>&'`\u2028\u2029]/g, (character) => ESCAPES[character] ?? character));
}

function stringify(value: unknown, replace: (key: string, item: unknown) => unknown): string {
  try {
    return JSON.stringify(value, replace) ?? "null";
  } catch (cause) {
    if (cause instanceof ValueFault) throw cause;
    throw new ValueFault('"json_encode" was given a value that holds itself, is nested too deep, or cannot be read.');
  }
}

/** What JSON has no word for. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value !== "object" || value === null) return value;
  if (Markup.is(value)) return value.html;
  if (types.isSet(value)) return entriesOf(value).values;
  if (!types.isMap(value)) return value;
  const { keys = [], values } = entriesOf(value);
  const object: Record<string, unknown> = Object.create(null);
  for (let index = 0; index < keys.length; index += 1) object[toText(keys[index])] = values[index];
  return object;
}
