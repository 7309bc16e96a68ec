import type { Expression } from "../expression.ts";
import type { Statement } from "../node.ts";
import type { TagParser, TemplateParser } from "../template-parser.ts";
import type { Token } from "../token.ts";
import { parseTarget } from "./parse-target.ts";

/** Tags that decide what is shown, and how often. */
export const FLOW_TAGS: Readonly<Record<string, TagParser>> = { if: parseIf, for: parseFor };

function parseIf(parser: TemplateParser, tag: Token): Statement {
  const branches: { readonly test: Expression; readonly body: readonly Statement[] }[] = [];
  let end = "elseif";
  while (end === "elseif") {
    const test = parser.expressions.whole();
    parser.tokens.expectEnd("tag-end");
    const read = parser.body(tag, "elseif", "else", "endif");
    branches.push({ test, body: read.body });
    end = read.end;
  }
  const otherwise = end === "else" ? parseElse(parser, tag, "endif") : [];
  parser.tokens.expectEnd("tag-end");
  return { kind: "if", branches, otherwise, at: tag.at };
}

function parseFor(parser: TemplateParser, tag: Token): Statement {
  const { tokens } = parser;
  const first = parseTarget(tokens, "the variable of the loop");
  const second = tokens.takeIf("sign", ",") ? parseTarget(tokens, "the second variable of the loop") : undefined;
  tokens.expectWord("in", "the variables of the loop");
  const sequence = parser.expressions.whole();
  if (tokens.isNext("name", "if"))
    tokens.fail("A loop has no condition. Write in list|filter(v => …), or an {% if %} in it.");
  tokens.expectEnd("tag-end");
  const { body, end } = parser.body(tag, "else", "endfor");
  const otherwise = end === "else" ? parseElse(parser, tag, "endfor") : [];
  tokens.expectEnd("tag-end");
  const [key, value] = second === undefined ? [undefined, first] : [first, second];
  return { kind: "for", key, value, sequence, body, otherwise, at: tag.at };
}

function parseElse(parser: TemplateParser, tag: Token, end: string): readonly Statement[] {
  if (parser.tokens.isNext("name", "if")) parser.tokens.fail("Write {% elseif … %}, in one word.");
  parser.tokens.expectEnd("tag-end");
  return parser.body(tag, end).body;
}
