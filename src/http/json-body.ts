import { decodeUtf8 } from "./decode-utf8.ts";
import { MALFORMED, MAX_BODY_DEPTH, type ParsedBody } from "./parsed-body.ts";

/** A key that reaches a prototype is spelled with one of these, so only a text that has one is searched. */
const MAY_REACH_A_PROTOTYPE = /__proto__|constructor|\\u/;

const QUOTE = 0x22;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

/**
 * Parses a JSON body into an object or array.
 *
 * Refused are other top-level values, bytes that are not UTF-8, nesting over {@link MAX_BODY_DEPTH} levels (measured before
 * parsing, so that a hostile text costs next to nothing) and keys that a later merge would write into a prototype.
 *
 * @see RFC 8259, CWE-1321
 */
export function parseJsonBody(bytes: Buffer): ParsedBody<object> {
  const text = decodeUtf8(bytes);
  if (text === null || nestsTooDeeply(text)) return MALFORMED;
  const value = parseOrNull(text);
  if (typeof value !== "object" || value === null) return MALFORMED;
  return MAY_REACH_A_PROTOTYPE.test(text) && reachesPrototype(value) ? MALFORMED : { value };
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function nestsTooDeeply(text: string): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) index = endOfString(text, index);
    else if (code === OPENING_BRACE || code === OPENING_BRACKET) depth += 1;
    else if (code === CLOSING_BRACE || code === CLOSING_BRACKET) depth -= 1;
    if (depth > MAX_BODY_DEPTH) return true;
  }
  return false;
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end;
}

function isEscaped(text: string, index: number): boolean {
  let before = index - 1;
  while (text[before] === "\\") before -= 1;
  return (index - before) % 2 === 0;
}

function reachesPrototype(value: object): boolean {
  return Object.entries(value).some(([key, member]) => {
    if (key === "__proto__") return true;
    if (typeof member !== "object" || member === null) return false;
    return (key === "constructor" && Object.hasOwn(member, "prototype")) || reachesPrototype(member);
  });
}
