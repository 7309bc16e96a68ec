import type { Expression } from "../expression.ts";
import type { Statement } from "../node.ts";
import type { TagParser, TemplateParser } from "../template-parser.ts";
import type { Token } from "../token.ts";
import { parseTarget } from "./parse-target.ts";

/** Tags that bring in other templates. */
export const INCLUDE_TAGS: Readonly<Record<string, TagParser>> = {
  include: parseInclude,
  import: parseImport,
  from: parseFrom,
};

function parseInclude(parser: TemplateParser, tag: Token): Statement {
  const { tokens, expressions } = parser;
  const template = expressions.whole();
  const ignoresMissing = tokens.takeIf("name", "ignore");
  if (ignoresMissing) tokens.expectWord("missing", '"ignore"');
  const data = tokens.takeIf("name", "with") ? expressions.whole() : undefined;
  const isAlone = tokens.takeIf("name", "only");
  tokens.expectEnd("tag-end");
  return { kind: "include", template, data, isAlone, ignoresMissing, at: tag.at };
}

function parseImport(parser: TemplateParser, tag: Token): Statement {
  const { tokens } = parser;
  const template = parseOrigin(parser);
  tokens.expectWord("as", "the template");
  const alias = parseTarget(tokens, "what is imported");
  tokens.expectEnd("tag-end");
  return { kind: "import", template, alias, names: [], at: tag.at };
}

function parseFrom(parser: TemplateParser, tag: Token): Statement {
  const { tokens } = parser;
  const template = parseOrigin(parser);
  tokens.expectWord("import", "the template");
  const names: { readonly macro: string; readonly alias: string }[] = [];
  do {
    const macro = tokens.expectName("the macro").text;
    names.push({ macro, alias: tokens.takeIf("name", "as") ? parseTarget(tokens, "the macro here") : macro });
  } while (tokens.takeIf("sign", ","));
  tokens.expectEnd("tag-end");
  return { kind: "import", template, alias: undefined, names, at: tag.at };
}

/** `_self` is this template. */
function parseOrigin({ tokens, expressions }: TemplateParser): Expression | undefined {
  return tokens.takeIf("name", "_self") ? undefined : expressions.whole();
}
