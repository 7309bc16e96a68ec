import type { Argument, Expression } from "../../language/node.ts";
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
  if (value.kind === "call" && value.name === "block") {
    const isThere = hasBlock(blockName(value.args, scope, value.at), scope);
    return () => isThere;
  }
  const evaluate = scope.compiler.value(value, scope);
  return (frame) => evaluate(frame) !== undefined;
}
