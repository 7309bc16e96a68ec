import { APPLIED, type Expression } from "../expression.ts";
import type { Statement } from "../node.ts";
import { parseFilter } from "../parse-postfix.ts";
import type { TagParser, TemplateParser } from "../template-parser.ts";
import type { Token } from "../token.ts";
import { parseTarget } from "./parse-target.ts";

/** Tags that give names to values, or change what their body shows. */
export const VARIABLE_TAGS: Readonly<Record<string, TagParser>> = {
  set: parseSet,
  with: parseWith,
  apply: parseApply,
  do: parseDo,
};

function parseSet(parser: TemplateParser, tag: Token): Statement {
  const { tokens } = parser;
  const names = [parseTarget(tokens, "the variable")];
  while (tokens.takeIf("sign", ",")) names.push(parseTarget(tokens, "the variable"));
  if (tokens.isNext("tag-end")) return parseCapture(parser, tag, names);
  tokens.expectSign("=", "the name");
  const values = [parser.expressions.whole()];
  while (tokens.takeIf("sign", ",")) values.push(parser.expressions.whole());
  if (names.length !== values.length) {
    tokens.fail(`Here are ${names.length} names and ${values.length} values. Each name needs one value.`, tag.at);
  }
  tokens.expectEnd("tag-end");
  return { kind: "set", names, values, at: tag.at };
}

function parseCapture(parser: TemplateParser, tag: Token, names: readonly string[]): Statement {
  const [name = "", ...others] = names;
  if (others.length > 0) parser.tokens.fail("What a {% set %} encloses has only one name.", tag.at);
  parser.tokens.expectEnd("tag-end");
  const { body } = parser.body(tag, "endset");
  parser.tokens.expectEnd("tag-end");
  return { kind: "capture", name, body, at: tag.at };
}

function parseWith(parser: TemplateParser, tag: Token): Statement {
  const { tokens } = parser;
  const isOnly = tokens.isNext("name", "only") && tokens.isNext("tag-end", undefined, 1);
  const data = isOnly || tokens.isNext("tag-end") ? undefined : parser.expressions.whole();
  const isAlone = tokens.takeIf("name", "only");
  tokens.expectEnd("tag-end");
  const { body } = parser.body(tag, "endwith");
  tokens.expectEnd("tag-end");
  return { kind: "with", data, isAlone, body, at: tag.at };
}

function parseApply(parser: TemplateParser, tag: Token): Statement {
  const { tokens } = parser;
  let value: Expression = { kind: "name", name: APPLIED, at: tag.at };
  do {
    value = parseFilter(parser.expressions, value);
  } while (tokens.takeIf("sign", "|"));
  tokens.expectEnd("tag-end");
  const { body } = parser.body(tag, "endapply");
  tokens.expectEnd("tag-end");
  return { kind: "apply", value, body, at: tag.at };
}

function parseDo(parser: TemplateParser, tag: Token): Statement {
  const value = parser.expressions.whole();
  parser.tokens.expectEnd("tag-end");
  return { kind: "do", value, at: tag.at };
}
