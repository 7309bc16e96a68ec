import type { Argument, Expression } from "../../language/node.ts";
import type { Scope } from "../compiler.ts";
import { fail } from "../fail.ts";
import type { Evaluate } from "../piece.ts";
import { applied } from "./applied.ts";

type Filter = Extract<Expression, { readonly kind: "filter" }>;

/** `value|filter(…)` */
export function compileFilter({ name, value, args, at }: Filter, scope: Scope): Evaluate {
  if (name === "e" || name === "escape") refuseStrategy(args, scope);
  return applied("filter", name, [value], args, scope, at);
}

/** The place decides how a value is escaped. A template that chose by itself could only choose worse. */
function refuseStrategy(args: readonly Argument[], scope: Scope): void {
  const [strategy] = args;
  if (strategy === undefined || (strategy.value.kind === "literal" && strategy.value.value === "html")) return;
  fail(
    scope,
    "Values are escaped for the place where they stand, so no strategy is chosen. Leave out the filter.",
    strategy.value.at,
  );
}
