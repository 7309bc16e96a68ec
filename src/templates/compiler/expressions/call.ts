import { PAGE_TEXT } from "../../escaping/context.ts";
import type { Expression } from "../../language/node.ts";
import type { Scope } from "../compiler.ts";
import { fail } from "../fail.ts";
import type { Evaluate } from "../piece.ts";
import { captured } from "../statements/captured.ts";
import { applied } from "./applied.ts";
import { compileBlockCall } from "./block-call.ts";
import { counted } from "./counted.ts";
import { compileMacroCall } from "./macro-call.ts";

type Call = Extract<Expression, { readonly kind: "call" }>;

/** `function(…)`, and macros that were imported by name. */
export function compileCall(call: Call, scope: Scope): Evaluate {
  const { name, args, at } = call;
  const macro = scope.imports.macros.get(name);
  if (macro !== undefined) return compileMacroCall(macro, args, scope, at);
  const block = compileBlockCall(call, scope, PAGE_TEXT);
  if (block !== undefined) return captured(block, scope, at);
  if (name === "include") {
    fail(scope, "include() stands alone in its print. Catch it first: {% set part %}{{ include(…) }}{% endset %}.", at);
  }
  const evaluate = applied("function", name, [], args, scope, at);
  return name === "range" ? counted(evaluate) : evaluate;
}
