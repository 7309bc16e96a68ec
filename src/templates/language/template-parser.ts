import type { TemplateSource } from "../template-source.ts";
import type { Expression } from "./expression.ts";
import { ExpressionParser } from "./expression-parser.ts";
import type { BlockStatement, MacroStatement, Statement, Template } from "./node.ts";
import { parsePrint } from "./parse-print.ts";
import { strayContent } from "./stray-content.ts";
import type { Token } from "./token.ts";
import { TokenReader } from "./token-reader.ts";
import { tokenizeTemplate } from "./tokenize-template.ts";

/**
 * Reads a tag from behind its name up to its end, and to its end tag if it has one.
 *
 * @param tag The name, for where the tag stands.
 */
export type TagParser = (parser: TemplateParser, tag: Token) => Statement | undefined;

/** What finds the parser of a tag. @throws {TemplateError} when there is none. */
export type TagFinder = (parser: TemplateParser, tag: Token) => TagParser;

/** Reads the statements of one template, and keeps what it declares. */
export class TemplateParser {
  readonly tokens: TokenReader;
  readonly expressions: ExpressionParser;
  readonly blocks: Map<string, BlockStatement> = new Map();
  readonly macros: Map<string, MacroStatement> = new Map();
  /** Where the blocks are named, also those that are still being read. */
  readonly blockPlaces: Map<string, number> = new Map();
  /** The tags whose end has not come yet, innermost last. */
  readonly open: Token[] = [];
  parent: Expression | undefined;
  /** Whether a tag or print came before the one that is being read. */
  hasBegun = false;
  readonly #findTag: TagFinder;

  constructor(source: TemplateSource, findTag: TagFinder) {
    this.tokens = new TokenReader(source, tokenizeTemplate(source));
    this.expressions = new ExpressionParser(this.tokens);
    this.#findTag = findTag;
  }

  template(): Template {
    const body: Statement[] = [];
    while (!this.tokens.isNext("end")) this.#statement(body);
    const { parent, blocks, macros } = this;
    if (parent !== undefined) {
      const stray = strayContent(body);
      if (stray !== undefined) this.tokens.fail(stray.problem, stray.at);
    }
    return { source: this.tokens.source, parent, body, blocks, macros };
  }

  /**
   * Reads the statements up to one of the tags `ends`, and past the name of that tag.
   *
   * @param tag The tag that they are the body of.
   * @returns What was read, and the name of the tag that ended it.
   */
  body(tag: Token, ...ends: readonly string[]): { readonly body: readonly Statement[]; readonly end: string } {
    const body: Statement[] = [];
    this.open.push(tag);
    const end = this.tokens.nested(() => {
      for (;;) {
        const name = this.tokens.peek(1);
        if (this.tokens.isNext("tag") && name.kind === "name" && ends.includes(name.text)) return name.text;
        if (this.tokens.isNext("end")) this.#failUnclosed(tag, ends);
        this.#statement(body);
      }
    });
    this.open.pop();
    this.tokens.skip(2);
    return { body, end };
  }

  #statement(body: Statement[]): void {
    const { kind, text, at } = this.tokens.next();
    if (kind === "text") {
      body.push({ kind: "text", text, at });
      return;
    }
    const statement = kind === "print" ? parsePrint(this.expressions, at) : this.#tag();
    if (statement !== undefined) body.push(statement);
    this.hasBegun = true;
  }

  #tag(): Statement | undefined {
    const tag = this.tokens.expectName('a tag after "{%"');
    return this.#findTag(this, tag)(this, tag);
  }

  #failUnclosed(tag: Token, ends: readonly string[]): never {
    const line = this.tokens.lineOf(tag.at);
    this.tokens.fail(
      `The {% ${tag.text} %} of line ${line} is never closed. Write {% ${ends.at(-1)} %} behind it.`,
      tag.at,
    );
  }
}
