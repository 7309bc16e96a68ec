import { TemplateError } from "../template-error.ts";
import type { Scope } from "./compiler.ts";

/**
 * Refuses to compile a template.
 *
 * @param at Offset in the file that the scope is about.
 * @throws {TemplateError} `TEMPLATE_INVALID`.
 */
export function fail({ template }: Pick<Scope, "template">, problem: string, at: number): never {
  throw new TemplateError("TEMPLATE_INVALID", problem, template.source, at);
}
