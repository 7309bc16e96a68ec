import type { Dialect } from "./dialect.ts";

/**
 * A piece of SQL text. Strings and quoted names are both `quoted`, since nothing in them counts; a doubled quote
 * makes two such pieces with nothing between, which comes to the same. `unclosed` reaches to the end of the text;
 * `executable` looks like a comment, but is code for some versions of the database.
 */
export interface SqlToken {
  readonly kind: "word" | "quoted" | "comment" | "symbol" | "unclosed" | "executable";
  /** A word in capitals, a symbol as its one character, a comment as it stands; empty for the rest. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const BYTE_ORDER_MARK = "\uFEFF";
const SPACES = /[ \t\n\v\f\r]+/y;
const WORD = /[A-Za-z_\u0080-\uFFFF][\w$\u0080-\uFFFF]*|[0-9][\w\u0080-\uFFFF]*/y;
const ESCAPE_STRING = /[Ee]'/y;
/** What may stand between two strings that PostgreSQL reads as one: spaces and comments with a line break among them. */
const CONTINUATION = /(?:[ \t\v\f]|--[^\n\r]*(?=[\n\r]))*[\n\r](?:[ \t\n\v\f\r]|--[^\n\r]*(?=[\n\r]))*(?=')/y;
const DOLLAR_QUOTE = /\$(?:[A-Za-z_\u0080-\uFFFF][\w\u0080-\uFFFF]*)?\$/y;

/** Cuts SQL into tokens, exactly far enough to know what is code and what is a string or a comment. */
export function* sqlTokens(sql: string, dialect: Dialect): Generator<SqlToken> {
  let at = sql.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  for (;;) {
    at += match(SPACES, sql, at).length;
    if (at >= sql.length) {
      return;
    }
    const token = tokenAt(sql, at, dialect);
    yield token;
    at = token.end;
  }
}

function tokenAt(sql: string, start: number, dialect: Dialect): SqlToken {
  const character = sql.charAt(start);
  const closing = dialect.quotes[character];
  if (closing !== undefined) {
    return quoted(sql, start, start + 1, closing);
  }
  const dollarQuote = dialect.hasDollarQuotes ? match(DOLLAR_QUOTE, sql, start) : "";
  if (dollarQuote !== "") {
    return quoted(sql, start, start + dollarQuote.length, dollarQuote);
  }
  if (dialect.hasEscapeStrings && match(ESCAPE_STRING, sql, start) !== "") {
    return escapeString(sql, start);
  }
  if (match(dialect.lineStart, sql, start) !== "") {
    const end = endOfLine(sql, start, dialect.lineEnds);
    return { kind: "comment", text: sql.slice(start, end), start, end };
  }
  if (sql.startsWith("/*", start)) {
    const end = endOfBlockComment(sql, start, dialect.nestsComments);
    const text = sql.slice(start, end);
    return { kind: dialect.executableComment?.test(text) ? "executable" : "comment", text, start, end };
  }
  const word = match(WORD, sql, start);
  if (word !== "") {
    return { kind: "word", text: inCapitals(word), start, end: start + word.length };
  }
  return { kind: "symbol", text: character, start, end: start + 1 };
}

function match(pattern: RegExp, sql: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(sql)?.[0] ?? "";
}

function quoted(sql: string, start: number, contentStart: number, closing: string): SqlToken {
  const closingStart = sql.indexOf(closing, contentStart);
  return closingStart === -1
    ? { kind: "unclosed", text: "", start, end: sql.length }
    : { kind: "quoted", text: "", start, end: closingStart + closing.length };
}

/** A line break between two strings joins them, and the second is read like the first. */
function escapeString(sql: string, start: number): SqlToken {
  let end = start + 1;
  do {
    end = endOfEscapes(sql, end + 1);
    if (end === -1) {
      return { kind: "unclosed", text: "", start, end: sql.length };
    }
    end += match(CONTINUATION, sql, end).length;
  } while (sql.charAt(end) === "'");
  return { kind: "quoted", text: "", start, end };
}

/** @returns Where the string ends that is read from here; -1 when it does not. */
function endOfEscapes(sql: string, contentStart: number): number {
  for (let at = contentStart; at < sql.length; at++) {
    if (sql.charAt(at) === "'") return at + 1;
    if (sql.charAt(at) === "\\") at++;
  }
  return -1;
}

function endOfLine(sql: string, start: number, lineEnds: string): number {
  let end = start;
  while (end < sql.length && !lineEnds.includes(sql.charAt(end))) end++;
  return end;
}

/** Both databases take a comment that is never closed for one that reaches to the end, or refuse it: so may we. */
function endOfBlockComment(sql: string, start: number, nests: boolean): number {
  let depth = 1;
  let at = start + 2;
  while (depth > 0) {
    const closing = sql.indexOf("*/", at);
    if (closing === -1) {
      return sql.length;
    }
    const opening = nests ? sql.indexOf("/*", at) : -1;
    const opensFirst = opening !== -1 && opening < closing;
    depth += opensFirst ? 1 : -1;
    at = (opensFirst ? opening : closing) + 2;
  }
  return at;
}

/** ASCII letters only: `toUpperCase` makes keywords of words like "ſelect". */
function inCapitals(word: string): string {
  return word.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}
