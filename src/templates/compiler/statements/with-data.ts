import type { Expression } from "../../language/node.ts";
import { isMapping } from "../../values/entries-of.ts";
import type { Scope } from "../compiler.ts";
import type { Render } from "../piece.ts";
import type { Frame } from "../rendering/frame.ts";

/** What `with` and `include` are given: a hash, and whether nothing else is seen. */
interface Given {
  readonly data: Expression | undefined;
  readonly isAlone: boolean;
  readonly at: number;
}

/** Renders with further variables, or with them alone, and puts back what was there. */
export function withData({ data, isAlone, at }: Given, scope: Scope): (frame: Frame, render: Render) => string {
  if (data === undefined && !isAlone) return (frame, render) => render(frame);
  const { variables } = scope.compiler;
  const value = data && scope.compiler.value(data, scope);
  return (frame, render) => {
    const given = value?.(frame);
    frame.at = at;
    checkMapping(given);
    const outer = frame.variables;
    if (isAlone) frame.variables = variables.fresh();
    const covered = variables.cover(frame.variables, given);
    const text = render(frame);
    frame.variables = outer;
    if (!isAlone) variables.uncover(outer, covered);
    return text;
  };
}

function checkMapping(value: unknown): void {
  if (value === undefined || value === null || isMapping(value)) return;
  throw new TypeError('What stands behind "with" has to be a hash, as { title: page.title }.');
}
