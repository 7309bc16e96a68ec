import { Markup } from "../../markup.ts";
import { toText } from "../../values/to-text.ts";

/** What could end a script element, a string or a line, or begin a comment. */
const IN_JSON = /[<>&'`\u2028\u2029]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const IN_STRING = /[\\<>&'"`/=\0-\x1F\x7F-\x9F\u2028\u2029\uFEFF]|\p{Surrogate}/gu;
/** A key, not a text: inside of a text the quote would have a backslash in front. */
const PROTO_KEY = /([{,])"__proto__":/g;

/** A value as JSON that is safe inside of a script element. */
export function escapeJson(value: unknown): string {
  return (JSON.stringify(value, asJson) ?? "null").replace(IN_JSON, unicodeEscape);
}

/** A value as an expression of JavaScript. There a key `__proto__` would set the prototype, unless it is computed. */
export function escapeScriptValue(value: unknown): string {
  const json = escapeJson(value);
  return json.includes('"__proto__":') ? json.replace(PROTO_KEY, '$1["__proto__"]:') : json;
}

/** A piece of a string of JavaScript, whatever its quotes. */
export function escapeScriptString(value: unknown): string {
  return toText(value).replace(IN_STRING, unicodeEscape);
}

function asJson(_key: string, value: unknown): unknown {
  if (Markup.is(value)) return value.html;
  if (typeof value !== "bigint") return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
