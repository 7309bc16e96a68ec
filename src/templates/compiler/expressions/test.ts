import type { Argument, Expression, Template } from "../../language/node.ts";
import { hasBlock } from "../block-recipe.ts";
import type { Scope } from "../compiler.ts";
import type { Evaluate } from "../piece.ts";
import { applied } from "./applied.ts";
import { blockName } from "./block-call.ts";
import { boundArguments } from "./bound-arguments.ts";

type Test = Extract<Expression, { readonly kind: "test" }>;

/** `value is test(…)` */
export function compileTest({ name, value, args, isNegated, at }: Test, scope: Scope): Evaluate {
  const test =
    name === "defined" ? definedTest(value, args, scope, at) : applied("test", name, [value], args, scope, at);
  return isNegated ? (frame) => !test(frame) : (frame) => Boolean(test(frame));
}

function definedTest(value: Expression, args: readonly Argument[], scope: Scope, at: number): Evaluate {
  boundArguments({ what: 'The test "defined"', parameters: [], required: 0 }, args, scope, at);
  const isThere = isDeclared(value, scope);
  if (isThere !== undefined) return () => isThere;
  const evaluate = scope.compiler.value(value, scope);
  return (frame) => evaluate(frame) !== undefined;
}

/** Whether a block or macro is there, as is known beforehand; nothing for what is neither. */
function isDeclared(value: Expression, scope: Scope): boolean | undefined {
  switch (value.kind) {
    case "call":
      if (value.name === "block") return hasBlock(blockName(value.args, scope, value.at), scope);
      return scope.imports.macros.has(value.name) || undefined;
    case "name":
      return scope.imports.macros.has(value.name) || undefined;
    case "macroCall":
      return macrosOf(value.alias, scope)?.has(value.name);
    case "member": {
      const { object, key } = value;
      const isName = object.kind === "name" && key.kind === "literal" && typeof key.value === "string";
      return isName ? macrosOf(object.name, scope)?.has(key.value) : undefined;
    }
    default:
      return undefined;
  }
}

function macrosOf(alias: string, { template, imports }: Scope): Template["macros"] | undefined {
  return (alias === "_self" ? template : imports.templates.get(alias))?.macros;
}
