import { didYouMean } from "../../../text/did-you-mean.ts";
import type { TagParser, TemplateParser } from "../template-parser.ts";
import type { Token } from "../token.ts";
import { FLOW_TAGS } from "./flow-tags.ts";
import { INCLUDE_TAGS } from "./include-tags.ts";
import { LAYOUT_TAGS } from "./layout-tags.ts";
import { MACRO_TAGS } from "./macro-tags.ts";
import { UNSUPPORTED_TAGS } from "./unsupported-tags.ts";
import { VARIABLE_TAGS } from "./variable-tags.ts";

const TAGS: ReadonlyMap<string, TagParser> = new Map(
  Object.entries({ ...LAYOUT_TAGS, ...FLOW_TAGS, ...VARIABLE_TAGS, ...INCLUDE_TAGS, ...MACRO_TAGS }),
);
/** Taken care of by the lexer, since nothing in it is read. */
const VERBATIM = "verbatim";
/** Tags that only stand inside of others. */
const MIDDLE_TAGS: ReadonlyMap<string, string> = new Map([
  ["else", "if"],
  ["elseif", "if"],
]);

/** @throws {TemplateError} when there is no such tag, with what to write instead. */
export function findTag(parser: TemplateParser, tag: Token): TagParser {
  const found = TAGS.get(tag.text);
  if (found !== undefined) return found;
  const remedy = UNSUPPORTED_TAGS.get(tag.text);
  if (remedy !== undefined) parser.tokens.fail(`There is no tag "${tag.text}". ${remedy}`, tag.at);
  const closed = MIDDLE_TAGS.get(tag.text) ?? closedBy(tag.text);
  if (closed !== undefined) failAtEnd(parser, tag, closed);
  const open = parser.open.at(-1);
  const ends = open === undefined ? [] : [`end${open.text}`];
  const known = [...ends, ...TAGS.keys(), ...MIDDLE_TAGS.keys(), VERBATIM];
  const remedyAtEnd = open !== undefined && tag.text.startsWith("end") ? `Write {% end${open.text} %}.` : "";
  return parser.tokens.fail(`There is no tag "${tag.text}".${didYouMean(tag.text, known, remedyAtEnd)}`, tag.at);
}

/** `for` of `endfor`. */
function closedBy(name: string): string | undefined {
  const opened = name.startsWith("end") ? name.slice("end".length) : "";
  return TAGS.has(opened) || opened === VERBATIM ? opened : undefined;
}

function failAtEnd(parser: TemplateParser, tag: Token, closed: string): never {
  const open = parser.open.at(-1);
  const reason =
    open === undefined
      ? `no {% ${closed} %} is open`
      : `the {% ${open.text} %} of line ${parser.tokens.lineOf(open.at)} is still open`;
  return parser.tokens.fail(`{% ${tag.text} %} cannot stand here: ${reason}.`, tag.at);
}
