import { TemplateError } from "../template-error.ts";
import type { TemplateSource } from "../template-source.ts";
import { matchAt } from "./match-at.ts";
import { TagLexer } from "./tag-lexer.ts";
import type { Token } from "./token.ts";
import { afterLineEnd, afterWhiteSpace, beforeWhiteSpace } from "./white-space.ts";

const OPENING = /\{([{%#])([-~]?)/g;
const VERBATIM = /\{%[-~]?\s*verbatim\s*([-~]?)%\}/y;
const END_OF_VERBATIM = /\{%([-~]?)\s*endverbatim\s*([-~]?)%\}/g;
const END_OF_COMMENT = /([-~]?)#\}/g;

/** Takes a template apart: into its text, and into what stands in `{{ }}` and `{% %}`. Comments are gone afterwards. */
export function tokenizeTemplate(source: TemplateSource): readonly Token[] {
  const { text } = source;
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    const opening = matchAt(OPENING, text, at);
    const [, sign = "", mark = ""] = opening ?? [];
    const opened = opening?.index ?? text.length;
    pushText(tokens, text, at, beforeWhiteSpace(text, at, opened, mark));
    if (opening === undefined) break;
    const verbatim = matchAt(VERBATIM, text, opened);
    if (verbatim !== undefined) at = readVerbatim(tokens, source, verbatim);
    else if (sign === "#") at = afterComment(source, opening);
    else at = afterTag(source, opening, new TagLexer(tokens, source, opened).read(opened + opening[0].length));
  }
  tokens.push({ kind: "end", text: "", at: text.length });
  return tokens;
}

/** As Twig does it: a tag or comment takes the line end behind it along, unless it has a mark; a print does not. */
function afterTag(source: TemplateSource, opening: RegExpExecArray, closing: { mark: string; end: number }): number {
  const { mark, end } = closing;
  if (mark === "" && opening[1] !== "{") return afterLineEnd(source.text, end);
  return afterWhiteSpace(source.text, end, mark);
}

function afterComment(source: TemplateSource, opening: RegExpExecArray): number {
  // Not behind the mark: `{#-#}` is a comment.
  const closing = matchAt(END_OF_COMMENT, source.text, opening.index + 2);
  if (closing === undefined) {
    const problem = 'This comment has no end. Write "#}" behind it.';
    throw new TemplateError("TEMPLATE_INVALID", problem, source, opening.index);
  }
  return afterTag(source, opening, { mark: closing[1] ?? "", end: closing.index + closing[0].length });
}

function readVerbatim(tokens: Token[], source: TemplateSource, opening: RegExpExecArray): number {
  const { text } = source;
  const start = afterWhiteSpace(text, opening.index + opening[0].length, opening[1] ?? "");
  const closing = matchAt(END_OF_VERBATIM, text, start);
  if (closing === undefined) {
    const problem = "This {% verbatim %} is never closed. Write {% endverbatim %} behind it.";
    throw new TemplateError("TEMPLATE_INVALID", problem, source, opening.index);
  }
  const [whole, before = "", after = ""] = closing;
  pushText(tokens, text, start, beforeWhiteSpace(text, start, closing.index, before));
  return afterWhiteSpace(text, closing.index + whole.length, after);
}

function pushText(tokens: Token[], text: string, start: number, end: number): void {
  if (start < end) tokens.push({ kind: "text", text: text.slice(start, end), at: start });
}
