import type { Statement } from "../node.ts";
import type { TagParser, TemplateParser } from "../template-parser.ts";
import type { Token } from "../token.ts";
import { parseEndName } from "./parse-end-name.ts";

/** Tags that put a page into a layout. */
export const LAYOUT_TAGS: Readonly<Record<string, TagParser>> = { extends: parseExtends, block: parseBlock };

function parseExtends(parser: TemplateParser, tag: Token): undefined {
  const { tokens } = parser;
  if (parser.parent !== undefined) tokens.fail("A template extends only one other.", tag.at);
  if (parser.hasBegun || parser.open.length > 0) tokens.fail("{% extends %} is the first tag of a template.", tag.at);
  parser.parent = parser.expressions.whole();
  tokens.expectEnd("tag-end");
}

function parseBlock(parser: TemplateParser, tag: Token): Statement {
  const { tokens, blocks } = parser;
  const { text: name, at } = tokens.expectName("the block");
  if (parser.open.some(({ text }) => text === "macro")) tokens.fail("A macro cannot hold a block.", tag.at);
  if (parser.blockPlaces.has(name)) {
    const line = tokens.lineOf(parser.blockPlaces.get(name) ?? 0);
    tokens.fail(`There is a block "${name}" already, on line ${line}. Give this one another name.`, at);
  }
  parser.blockPlaces.set(name, at);
  const block = { kind: "block", name, body: parseBlockBody(parser, tag, name), at: tag.at } as const;
  blocks.set(name, block);
  return block;
}

function parseBlockBody(parser: TemplateParser, tag: Token, name: string): readonly Statement[] {
  const { tokens } = parser;
  if (!tokens.isNext("tag-end")) {
    const { at } = tokens.peek();
    const value = parser.expressions.whole();
    tokens.expectEnd("tag-end");
    return [{ kind: "print", value, at }];
  }
  tokens.next();
  const { body } = parser.body(tag, "endblock");
  parseEndName(tokens, "endblock", name);
  return body;
}
