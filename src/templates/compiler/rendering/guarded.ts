import { HttpError, Tina4Error } from "../../../errors.ts";
import { TemplateError } from "../../template-error.ts";
import type { TemplateSource } from "../../template-source.ts";
import type { Render } from "../piece.ts";
import { Pending } from "./answers.ts";
import { Outgrown } from "./replay.ts";

/** Makes what goes wrong in a part of a template name its file, line and column. */
export function guarded(source: TemplateSource, render: Render): Render {
  return (frame) => {
    try {
      return render(frame);
    } catch (error) {
      throw located(error, source, frame.at);
    }
  };
}

/** Not everything that is thrown is a mistake in the template, and the innermost template knows its place best. */
function located(error: unknown, source: TemplateSource, at: number): unknown {
  if (error instanceof Pending || error instanceof Outgrown) return error;
  if (error instanceof TemplateError || error instanceof HttpError) return error;
  const isMissing = error instanceof Tina4Error && error.code === "TEMPLATE_MISSING";
  const problem = error instanceof Error ? error.message : "A function threw something that is no error.";
  return new TemplateError(isMissing ? "TEMPLATE_MISSING" : "TEMPLATE_FAILED", problem, source, at, { cause: error });
}
