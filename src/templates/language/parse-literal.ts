import type { Expression } from "./expression.ts";
import type { Expressions } from "./expressions.ts";
import type { TokenReader } from "./token-reader.ts";

const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
  ["none", null],
]);

/** Reads `12`, `"text"`, `[…]` or `{…}`; gives nothing where something else stands. */
export function parseLiteral(parser: Expressions): Expression | undefined {
  const { tokens } = parser;
  const { kind, text, at } = tokens.peek();
  if (kind === "number") return parseNumber(tokens);
  if (kind === "string") return parseText(parser);
  if (kind !== "sign") return undefined;
  if (text === "[") return { kind: "list", items: parseItems(parser), at };
  return text === "{" ? { kind: "hash", entries: parseEntries(parser), at } : undefined;
}

/** `true`, `TRUE`, `null`, `none`: words that no variable can have as its name. */
export function constantOf(word: string): boolean | null | undefined {
  return CONSTANTS.get(word === word.toUpperCase() ? word.toLowerCase() : word);
}

/** Reads a text with what is put into it: `"a#{b}c"` is `"a" ~ b ~ "c"`. */
function parseText(parser: Expressions): Expression {
  const { tokens } = parser;
  const { text, at } = tokens.next();
  let value: Expression = { kind: "literal", value: text, at };
  while (tokens.isNext("interpolation")) {
    value = { kind: "binary", operator: "~", left: value, at: tokens.next().at, right: parser.operation() };
    if (!tokens.takeIf("interpolation-end")) tokens.failAtNext('"}" is missing after what "#{" puts into the text');
    const rest = tokens.next();
    if (rest.text === "") continue;
    const right: Expression = { kind: "literal", value: rest.text, at: rest.at };
    value = { kind: "binary", operator: "~", left: value, right, at: rest.at };
  }
  return value;
}

function parseNumber(tokens: TokenReader): Expression {
  const { text, at } = tokens.next();
  const value = Number(text.replaceAll("_", ""));
  if (!Number.isFinite(value)) tokens.fail("This number is too large.", at);
  return { kind: "literal", value, at };
}

function parseItems(parser: Expressions): readonly Expression[] {
  const { tokens } = parser;
  const items: Expression[] = [];
  tokens.next();
  while (!tokens.takeIf("sign", "]")) {
    if (items.length > 0) tokens.expectSign(",", "an item of the list");
    if (tokens.takeIf("sign", "]")) break;
    items.push(parser.operation());
  }
  return items;
}

function parseEntries(parser: Expressions): readonly { readonly key: Expression; readonly value: Expression }[] {
  const { tokens } = parser;
  const entries: { readonly key: Expression; readonly value: Expression }[] = [];
  tokens.next();
  if (tokens.isNext("sign", "{")) tokens.fail('Inside of a tag or print, names are written without "{{ }}".');
  while (!tokens.takeIf("sign", "}")) {
    if (entries.length > 0) tokens.expectSign(",", "an entry");
    if (tokens.takeIf("sign", "}")) break;
    entries.push(parseEntry(parser));
  }
  return entries;
}

function parseEntry(parser: Expressions): { readonly key: Expression; readonly value: Expression } {
  const { tokens } = parser;
  const { kind, text, at } = tokens.peek();
  if (kind === "name" && (tokens.isNext("sign", ",", 1) || tokens.isNext("sign", "}", 1))) {
    return { key: { kind: "literal", value: text, at }, value: parser.operation() };
  }
  const key = parseKey(parser);
  tokens.expectSign(":", "a key");
  return { key, value: parser.operation() };
}

function parseKey(parser: Expressions): Expression {
  const { tokens } = parser;
  const { kind, text, at } = tokens.peek();
  if (kind === "number") return parseNumber(tokens);
  if (kind === "string") return parseText(parser);
  if (kind === "name") return { kind: "literal", value: tokens.next().text, at };
  if (text !== "(") tokens.failAtNext("A key is missing: a name, a text, a number or an expression in brackets");
  tokens.next();
  const key = parser.operation();
  tokens.expectSign(")", "the key");
  return key;
}
