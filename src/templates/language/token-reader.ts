import { TemplateError } from "../template-error.ts";
import type { TemplateSource } from "../template-source.ts";
import { FOREIGN_SIGNS } from "./foreign-signs.ts";
import type { Token, TokenKind } from "./token.ts";

/** How deep tags, brackets and operators may stand in each other. The parser calls itself for each of them. */
const MAX_NESTING = 100;

/** Goes through the tokens of a template, one after the other, and knows how to complain about the next one. */
export class TokenReader {
  readonly source: TemplateSource;
  readonly #tokens: readonly Token[];
  readonly #end: Token;
  #position = 0;
  #nesting = 0;

  constructor(source: TemplateSource, tokens: readonly Token[]) {
    this.source = source;
    this.#tokens = tokens;
    this.#end = { kind: "end", text: "", at: source.text.length };
  }

  /** @param ahead 0 is the next token, 1 the one behind it. */
  peek(ahead = 0): Token {
    return this.#tokens[this.#position + ahead] ?? this.#end;
  }

  next(): Token {
    const token = this.peek();
    this.#position += 1;
    return token;
  }

  skip(count: number): void {
    this.#position += count;
  }

  isNext(kind: TokenKind, text?: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === kind && (text === undefined || token.text === text);
  }

  takeIf(kind: TokenKind, text?: string): boolean {
    const isThere = this.isNext(kind, text);
    if (isThere) this.#position += 1;
    return isThere;
  }

  /** @param after What it has to follow, for the message. */
  expectSign(sign: string, after: string): void {
    if (!this.takeIf("sign", sign)) this.failAtNext(`"${sign}" is missing after ${after}`);
  }

  expectWord(word: string, after: string): void {
    if (!this.takeIf("name", word)) this.failAtNext(`"${word}" is missing after ${after}`);
  }

  /** @param what What the name is of, for the message. */
  expectName(what: string): Token {
    if (!this.isNext("name")) this.failAtNext(`The name of ${what} is missing`);
    return this.next();
  }

  expectEnd(kind: "tag-end" | "print-end"): void {
    if (!this.takeIf(kind)) this.failAtNext(`"${kind === "tag-end" ? "%}" : "}}"}" is missing`);
  }

  /** @throws {TemplateError} when the parser is in as deep as a template may lead it. */
  nested<T>(parse: () => T): T {
    if (this.#nesting >= MAX_NESTING) {
      this.fail(`This is nested more than ${MAX_NESTING} deep. Move a part into a {% set %} or another template.`);
    }
    this.#nesting += 1;
    const parsed = parse();
    this.#nesting -= 1;
    return parsed;
  }

  fail(problem: string, at: number = this.peek().at): never {
    throw new TemplateError("TEMPLATE_INVALID", problem, this.source, at);
  }

  /** @param missing How the sentence begins that goes on with what stands there instead. */
  failAtNext(missing: string): never {
    const { kind, text } = this.peek();
    const remedy = kind === "sign" ? FOREIGN_SIGNS.get(text) : undefined;
    this.fail(remedy ?? `${missing}; ${describe(this.peek())} stands there.`);
  }

  lineOf(at: number): number {
    return this.source.placeOf(at).line;
  }
}

function describe({ kind, text }: Token): string {
  if (kind === "end") return "the end of the template";
  return kind === "text" || kind === "string" ? "a text" : `"${text}"`;
}
