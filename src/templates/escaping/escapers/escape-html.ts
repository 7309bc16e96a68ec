import { Markup } from "../../markup.ts";
import { toText } from "../../values/to-text.ts";

const SPECIAL = /[&<>"'`\0\r]/;
const EVERY_SPECIAL = /[&<>"'`\0\r]/g;
const EVERY_SPECIAL_BUT_AMPERSANDS = /[<>"'`\0\r]/g;

/** A loop is quicker where little has to be escaped, but half as quick where a stranger sent a megabyte of `<`. */
const MAX_LOOPED_CHARACTERS = 200;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  // Old browsers end an attribute value at a backtick.
  "`": "&#96;",
  // No HTML can carry it: browsers drop it in one place and replace it in others.
  "\0": "\uFFFD",
  // As it stands it would become a line feed.
  "\r": "&#13;",
};

/** Page text: what was escaped already goes out as it stands. */
export function escapePageText(value: unknown): string {
  if (typeof value === "number") return String(value);
  if (Markup.is(value)) return value.html;
  return escapeHtml(toText(value));
}

/** A quoted attribute, a title or a textarea: what was escaped already is not escaped twice, and yet ends nothing. */
export function escapeQuoted(value: unknown): string {
  if (Markup.is(value)) return value.html.replace(EVERY_SPECIAL_BUT_AMPERSANDS, entityOf);
  return escapeHtml(toText(value));
}

/** A comment knows no entities; these are only what a reader of the source recognises. */
export function escapeComment(value: unknown): string {
  return toText(value).replace(
    /[&<>"'`\0\r!-]/g,
    (character) => ENTITIES[character] ?? `&#${character.charCodeAt(0)};`,
  );
}

/** What else ends a value without quotes, for text that is escaped already. */
export function escapeSeparators(escaped: string): string {
  return escaped.replace(/[\t\n\f =]/g, (character) => `&#${character.charCodeAt(0)};`);
}

export function escapeHtml(text: string): string {
  if (!SPECIAL.test(text)) return text;
  if (text.length > MAX_LOOPED_CHARACTERS) return text.replace(EVERY_SPECIAL, entityOf);
  let escaped = "";
  let rest = text;
  for (let at = rest.search(SPECIAL); at !== -1; at = rest.search(SPECIAL)) {
    escaped += rest.slice(0, at) + entityOf(rest.charAt(at));
    rest = rest.slice(at + 1);
  }
  return escaped + rest;
}

function entityOf(character: string): string {
  return ENTITIES[character] ?? character;
}
