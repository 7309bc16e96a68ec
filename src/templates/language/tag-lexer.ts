import { TemplateError } from "../template-error.ts";
import type { TemplateSource } from "../template-source.ts";
import { matchAt } from "./match-at.ts";
import { readString } from "./read-string.ts";
import type { Token } from "./token.ts";

const SPACE_OR_COMMENT = /(?:\s+|#(?!\})[^\n]*)+/y;
const NAME = /b-(?:and|x?or)(?![\p{L}\p{M}\p{N}_])|[\p{L}_][\p{L}\p{M}\p{N}_]*/uy;
const KEY = /[\p{L}_][\p{L}\p{M}\p{N}_]*/uy;
const NUMBER = /\d+(?:_\d+)*(?:\.\d+(?:_\d+)*)?(?:[eE][+-]?\d+(?:_\d+)*)?/y;
const INDEX = /\d+/y;
const SIGN = /\?\s*:|===|!==|<=>|\.\.\.|\?\?|\?\.|==|!=|<=|>=|=>|\.\.|\*\*|\/\/|&&|\|\||[-+~*/%<>=?:.,|()[\]{}!&^;]/y;
const CLOSING = /([-~]?)(\}\}|%\}|#\})/y;

const PAIRS: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "#{": "}" };
const KEY_SIGNS = [".", "?."];
const CLOSING_SIGNS = [")", "]", "}"];

/** A bracket that is open, or the `#{` of a text: then `quote` is where that text began. */
interface Opened {
  readonly sign: string;
  readonly at: number;
  readonly quote?: number;
}

/** Takes apart what stands between `{{` and `}}`, or `{%` and `%}`. */
export class TagLexer {
  readonly #tokens: Token[];
  readonly #source: TemplateSource;
  readonly #opened: number;
  /** Innermost last. */
  readonly #brackets: Opened[] = [];

  /**
   * @param tokens Where the tokens go.
   * @param opened Where the `{{` or `{%` stands.
   */
  constructor(tokens: Token[], source: TemplateSource, opened: number) {
    this.#tokens = tokens;
    this.#source = source;
    this.#opened = opened;
  }

  /**
   * @param start Where what is in the tag begins.
   * @returns Where the tag ends, and the `-` or `~` in its end.
   */
  read(start: number): { readonly mark: string; readonly end: number } {
    const { text } = this.#source;
    const opening = text.slice(this.#opened, this.#opened + 2);
    const kind = opening === "{{" ? "print" : "tag";
    this.#push(kind, opening, this.#opened);
    let at = this.#afterSpace(start);
    while (at < text.length) {
      const closing = matchAt(CLOSING, text, at);
      if (closing !== undefined && this.#closes(closing, opening, at)) {
        this.#push(`${kind}-end`, closing[0], at);
        return { mark: closing[1] ?? "", end: at + closing[0].length };
      }
      at = this.#afterSpace(this.#readToken(at));
    }
    const bracket = this.#brackets.at(-1);
    if (bracket !== undefined) this.#fail(`This "${bracket.sign}" is never closed.`, bracket.at);
    return this.#fail(`This "${opening}" is never closed. Write "${closingOf(opening)}".`, this.#opened);
  }

  /** `}}` may also close two brackets. */
  #closes([whole, , sign = ""]: RegExpExecArray, opening: string, at: number): boolean {
    const bracket = this.#brackets.at(-1);
    const isBracket = sign === "}}" && whole === sign && bracket !== undefined && PAIRS[bracket.sign] === "}";
    if (isBracket) return false;
    if (bracket !== undefined) this.#fail(`This "${bracket.sign}" is never closed.`, bracket.at);
    if (sign !== closingOf(opening)) this.#fail(`"${opening}" ends with "${closingOf(opening)}", not "${sign}".`, at);
    return true;
  }

  #readToken(at: number): number {
    const { text } = this.#source;
    const { kind, text: before = "" } = this.#tokens.at(-1) ?? {};
    // In a.0.1 and a.b-and there are no fraction and no operator.
    const isKey = kind === "sign" && KEY_SIGNS.includes(before);
    const name = matchAt(isKey ? KEY : NAME, text, at)?.[0];
    if (name !== undefined) return this.#push("name", name, at);
    const number = matchAt(isKey ? INDEX : NUMBER, text, at)?.[0];
    if (number !== undefined) return this.#push("number", number, at);
    const character = text.charAt(at);
    if (character === '"' || character === "'") return this.#readString(at + 1, at);
    const sign = matchAt(SIGN, text, at)?.[0];
    if (sign !== undefined) return this.#readSign(sign, at);
    return this.#fail(`"${String.fromCodePoint(text.codePointAt(at) ?? 0)}" has no meaning here.`, at);
  }

  #readSign(sign: string, at: number): number {
    const end = at + sign.length;
    if (CLOSING_SIGNS.includes(sign)) {
      const { quote } = this.#closeBracket(sign, at);
      if (quote !== undefined) {
        this.#push("interpolation-end", sign, at);
        return this.#readString(end, quote);
      }
    }
    if (PAIRS[sign] !== undefined) this.#brackets.push({ sign, at });
    this.#push("sign", sign.startsWith("?") && sign.endsWith(":") ? "?:" : sign, at);
    return end;
  }

  #readString(start: number, quote: number): number {
    const { text, end, isInterpolated } = readString(this.#source, start, quote);
    this.#push("string", text, start);
    if (isInterpolated) {
      this.#brackets.push({ sign: "#{", at: end - 2, quote });
      this.#push("interpolation", "#{", end - 2);
    }
    return end;
  }

  #closeBracket(sign: string, at: number): Opened {
    const bracket = this.#brackets.pop();
    if (bracket === undefined) return this.#fail(`Nothing is open that this "${sign}" could close.`, at);
    if (PAIRS[bracket.sign] !== sign) this.#fail(`This "${bracket.sign}" is not closed before "${sign}".`, bracket.at);
    return bracket;
  }

  #afterSpace(at: number): number {
    return at + (matchAt(SPACE_OR_COMMENT, this.#source.text, at)?.[0].length ?? 0);
  }

  /** @returns Where the token ends. */
  #push(kind: Token["kind"], text: string, at: number): number {
    this.#tokens.push({ kind, text, at });
    return at + text.length;
  }

  #fail(problem: string, at: number): never {
    throw new TemplateError("TEMPLATE_INVALID", problem, this.#source, at);
  }
}

function closingOf(opening: string): string {
  return opening === "{{" ? "}}" : "%}";
}
