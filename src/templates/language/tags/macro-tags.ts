import type { Expression } from "../expression.ts";
import type { Statement } from "../node.ts";
import type { TagParser, TemplateParser } from "../template-parser.ts";
import type { Token } from "../token.ts";
import { parseEndName } from "./parse-end-name.ts";
import { parseTarget } from "./parse-target.ts";

/** The tag that declares what others import. */
export const MACRO_TAGS: Readonly<Record<string, TagParser>> = { macro: parseMacro };

interface Parameter {
  readonly name: string;
  readonly fallback: Expression | undefined;
}

function parseMacro(parser: TemplateParser, tag: Token): Statement {
  const { tokens, macros } = parser;
  const { text: name, at } = tokens.expectName("the macro");
  if (parser.open.some(({ text }) => text === "macro")) tokens.fail("A macro cannot hold another one.", tag.at);
  const earlier = macros.get(name);
  if (earlier !== undefined) {
    tokens.fail(`There is a macro "${name}" already, on line ${tokens.lineOf(earlier.at)}.`, at);
  }
  const parameters = parseParameters(parser);
  tokens.expectEnd("tag-end");
  const { body } = parser.body(tag, "endmacro");
  parseEndName(tokens, "endmacro", name);
  const macro = { kind: "macro", name, parameters, body, at: tag.at } as const;
  macros.set(name, macro);
  return macro;
}

function parseParameters({ tokens, expressions }: TemplateParser): readonly Parameter[] {
  const parameters: Parameter[] = [];
  const names = new Set<string>();
  tokens.expectSign("(", "the name of the macro");
  while (!tokens.takeIf("sign", ")")) {
    if (parameters.length > 0) tokens.expectSign(",", "a parameter");
    if (tokens.takeIf("sign", ")")) break;
    const { at } = tokens.peek();
    const name = parseTarget(tokens, "the parameter");
    if (names.has(name)) tokens.fail(`The parameter "${name}" is named twice.`, at);
    names.add(name);
    const hasFallback = tokens.takeIf("sign", "=") || tokens.takeIf("sign", ":");
    parameters.push({ name, fallback: hasFallback ? expressions.whole() : undefined });
  }
  return parameters;
}
