import { PAGE_TEXT } from "../../escaping/context.ts";
import type { Expression } from "../../language/node.ts";
import type { Scope } from "../compiler.ts";
import { fail } from "../fail.ts";
import type { Evaluate } from "../piece.ts";
import { captured } from "../statements/captured.ts";
import { macroIn } from "../with-imports.ts";
import { applied } from "./applied.ts";
import { compileBlockCall } from "./block-call.ts";
import { compileMacroCall } from "./macro-call.ts";

type Call = Extract<Expression, { readonly kind: "call" }>;

type MacroCall = Extract<Expression, { readonly kind: "macroCall" }>;

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

/** `forms.input(…)` */
export function compileImportedCall({ alias, name, args, at }: MacroCall, scope: Scope): Evaluate {
  const template = alias === "_self" ? scope.template : scope.imports.templates.get(alias);
  if (template === undefined) {
    const remedy = `If it is meant as a macro, import its file: {% import "….twig" as ${alias} %}.`;
    fail(scope, `Nothing is imported as "${alias}", and templates call no methods. ${remedy}`, at);
  }
  return compileMacroCall(macroIn(template, name, scope, at), args, scope, at);
}

function counted(list: Evaluate): Evaluate {
  return (frame) => {
    const items = list(frame);
    if (Array.isArray(items)) frame.spend(items.length);
    return items;
  };
}
