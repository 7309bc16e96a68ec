import type { TemplateSource } from "../template-source.ts";
import type { Template } from "./node.ts";
import { findTag } from "./tags/find-tag.ts";
import { TemplateParser } from "./template-parser.ts";

/**
 * Reads a template. Whatever the text is, it takes time in proportion to its length, and bounded stack.
 *
 * @throws {TemplateError} `TEMPLATE_INVALID` with the place and what to write there.
 */
export function parseTemplate(source: TemplateSource): Template {
  return new TemplateParser(source, findTag).template();
}
