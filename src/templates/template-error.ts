import { type FaultCode, Tina4Error } from "../errors.ts";
import type { TemplateSource } from "./template-source.ts";

/**
 * A mistake in a template: `TEMPLATE_INVALID` when it cannot be compiled, `TEMPLATE_FAILED` when it cannot be rendered with its data.
 *
 * The message names file, line and column; no client ever sees it.
 */
export class TemplateError extends Tina4Error {
  /** Relative to the folder of templates. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The lines around the place, with a mark under it. */
  readonly excerpt: string;
  /** What is wrong and what to write instead, without the place. */
  readonly problem: string;

  constructor(
    code: FaultCode & `TEMPLATE_${string}`,
    problem: string,
    source: TemplateSource,
    at: number,
    options?: ErrorOptions,
  ) {
    const { line, column } = source.placeOf(at);
    const excerpt = source.excerpt(at);
    super(code, `${source.name}:${line}:${column}: ${problem}\n${excerpt}`, options);
    this.file = source.name;
    this.line = line;
    this.column = column;
    this.excerpt = excerpt;
    this.problem = problem;
  }
}
