import type { Expression } from "./expression.ts";
import type { Expressions } from "./expressions.ts";
import { parseArguments } from "./parse-arguments.ts";

/** Reads what is done with a value: `.name`, `[key]`, `[1:3]`, `|filter`, as often as it stands there. */
export function parsePostfix(parser: Expressions, start: Expression): Expression {
  const { tokens } = parser;
  let value = start;
  for (;;) {
    const { kind, text } = tokens.peek();
    if (kind !== "sign") return value;
    if (text === "." || text === "?.") value = parseMember(parser, value);
    else if (text === "[") value = parseSubscript(parser, value);
    else if (tokens.takeIf("sign", "|")) value = parseFilter(parser, value);
    else if (text === "(") tokens.fail("Only functions, filters, tests and macros can be called.");
    else return value;
  }
}

/** Reads `name` or `name(…)` behind a `|`. */
export function parseFilter(parser: Expressions, value: Expression): Expression {
  const { tokens } = parser;
  const { text: name, at } = tokens.expectName("the filter");
  const args = tokens.isNext("sign", "(") ? parseArguments(parser) : [];
  return { kind: "filter", name, value, args, at };
}

function parseMember(parser: Expressions, object: Expression): Expression {
  const { tokens } = parser;
  tokens.next();
  const { kind, text, at } = tokens.peek();
  if (tokens.takeIf("sign", "(")) {
    const key = parser.operation();
    tokens.expectSign(")", "the key");
    return { kind: "member", object, key, at };
  }
  if (kind !== "name" && kind !== "number") tokens.failAtNext('A name is missing after "."');
  tokens.next();
  if (!tokens.isNext("sign", "(")) {
    return { kind: "member", object, key: { kind: "literal", value: kind === "name" ? text : Number(text), at }, at };
  }
  if (kind !== "name" || object.kind !== "name") {
    return tokens.fail("Templates call no methods. Give the page the value, or register a function or filter.", at);
  }
  return { kind: "macroCall", alias: object.name, name: text, args: parseArguments(parser), at };
}

function parseSubscript(parser: Expressions, object: Expression): Expression {
  const { tokens } = parser;
  const { at } = tokens.next();
  const start = tokens.isNext("sign", ":") ? undefined : parser.operation();
  if (start !== undefined && tokens.takeIf("sign", "]")) return { kind: "member", object, key: start, at };
  tokens.expectSign(":", "the start of the slice");
  const length = tokens.isNext("sign", "]") ? undefined : parser.operation();
  tokens.expectSign("]", "the key or slice");
  return { kind: "slice", object, start, length, at };
}
