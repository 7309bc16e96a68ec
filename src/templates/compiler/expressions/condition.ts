import type { BinaryOperator, Expression } from "../../language/node.ts";
import { isTruthy } from "../../values/is-truthy.ts";
import type { Scope } from "../compiler.ts";
import type { Decide } from "../piece.ts";

/** Those that give true or false and nothing else. */
const DECIDING: ReadonlySet<BinaryOperator> = new Set([
  ...(["==", "!=", "===", "!==", "<", ">", "<=", ">=", "in", "not in", "matches"] as const),
  ...(["starts with", "ends with", "has some", "has every", "and", "or", "xor"] as const),
]);

/** Compiles an expression of which it only counts whether it is true. */
export function compileCondition(node: Expression, scope: Scope): Decide {
  const value = scope.compiler.value(node, scope);
  const isDecided = node.kind === "test" || (node.kind === "unary" && node.operator === "not");
  if (isDecided || (node.kind === "binary" && DECIDING.has(node.operator))) return value as Decide;
  return (frame) => isTruthy(value(frame));
}
