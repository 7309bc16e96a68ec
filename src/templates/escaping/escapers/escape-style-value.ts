import { toText } from "../../values/to-text.ts";

/** Numbers with units, colours, words and lists of them. Nothing here opens, ends, loads or quotes anything. */
const HARMLESS = /^[\w#%., +-]*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const IN_STRING = /[\\"'<>&()/;:{}@\x01-\x1F\x7F-\x9F\u2028\u2029]/g;
const BLOCKED_WORD = "blocked";

/** A piece of a value of CSS. */
export function escapeStyleValue(value: unknown): string {
  const text = toText(value);
  return HARMLESS.test(text) ? text : BLOCKED_WORD;
}

/** A piece of a string of CSS. */
export function escapeStyleString(value: unknown): string {
  return toText(value)
    .replaceAll("\0", "\uFFFD")
    .replace(IN_STRING, (character) => `\\${character.charCodeAt(0).toString(16)} `);
}
