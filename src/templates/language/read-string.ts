import { TemplateError } from "../template-error.ts";
import type { TemplateSource } from "../template-source.ts";
import { matchAt } from "./match-at.ts";

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", f: "\f", v: "\v", "\\": "\\" };
const BY_NUMBER = /x([\da-fA-F]{1,2})|([0-7]{1,3})/y;
/** Twig counts bytes there, we count characters: only up to here they are the same. */
const MAX_CHARACTER_CODE = 0x7f;

/** A piece of a text in quotes, up to its end or to the next `#{`. */
export interface StringPiece {
  readonly text: string;
  /** Where reading goes on. */
  readonly end: number;
  readonly isInterpolated: boolean;
}

/**
 * @param start Where the piece begins: after the quote, or after the `}` of an interpolation.
 * @param opened Where the quote stands.
 */
export function readString(source: TemplateSource, start: number, opened: number): StringPiece {
  const { text } = source;
  const quote = text.charAt(opened);
  const plain = quote === '"' ? /[^"\\#]+/y : /[^'\\]+/y;
  let value = "";
  let at = start;
  while (at < text.length) {
    const run = matchAt(plain, text, at)?.[0] ?? "";
    value += run;
    at += run.length;
    const character = text.charAt(at);
    if (character === quote) return { text: value, end: at + 1, isInterpolated: false };
    if (text.startsWith("#{", at)) return { text: value, end: at + 2, isInterpolated: true };
    const read = character === "\\" ? readEscape(source, at, quote) : { value: character, length: 1 };
    value += read.value;
    at += read.length;
  }
  throw new TemplateError("TEMPLATE_INVALID", `This text has no end. Write ${quote} behind it.`, source, opened);
}

function readEscape(source: TemplateSource, at: number, quote: string): { value: string; length: number } {
  const { text } = source;
  const escaped = text.charAt(at + 1);
  const value = ESCAPES[escaped];
  if (value !== undefined) return { value, length: 2 };
  // The end of the template, which is what is wrong then.
  if (escaped === "") return { value: "", length: 1 };
  if (escaped === "'" || escaped === '"') return { value: escaped, length: 2 };
  if (quote === '"' && text.startsWith("#{", at + 1)) return { value: "#{", length: 3 };
  const [whole, hex, octal] = matchAt(BY_NUMBER, text, at + 1) ?? [];
  if (whole === undefined) {
    const problem = `"\\${escaped}" stands for nothing. Write "\\\\${escaped}" for a backslash.`;
    throw new TemplateError("TEMPLATE_INVALID", problem, source, at);
  }
  const code = hex === undefined ? Number.parseInt(octal ?? "", 8) : Number.parseInt(hex, 16);
  if (code > MAX_CHARACTER_CODE) {
    const problem = `"\\${whole}" is no character of ASCII. Write the character itself.`;
    throw new TemplateError("TEMPLATE_INVALID", problem, source, at);
  }
  return { value: String.fromCharCode(code), length: 1 + whole.length };
}
