import type { BinaryOperator, Expression } from "../../language/node.ts";
import { ARITHMETIC } from "../../values/arithmetic.ts";
import { compare } from "../../values/compare.ts";
import { hasEvery, hasSome } from "../../values/has-some.ts";
import { endsWith, isIn, startsWith } from "../../values/is-in.ts";
import { isTruthy } from "../../values/is-truthy.ts";
import { joined } from "../../values/joined.ts";
import { isSame, looselyEqual } from "../../values/loosely-equal.ts";
import { matches, readPattern } from "../../values/matches.ts";
import { rangeOf } from "../../values/range-of.ts";
import { ValueFault } from "../../values/value-fault.ts";
import type { Scope } from "../compiler.ts";
import { fail } from "../fail.ts";
import type { Evaluate } from "../piece.ts";
import { counted } from "./counted.ts";

type Binary = Extract<Expression, { readonly kind: "binary" }>;

type Operation = (left: unknown, right: unknown) => unknown;

/** Operators that need both of their values, whatever these are. */
const OPERATIONS: Readonly<Partial<Record<BinaryOperator, Operation>>> = {
  ...ARITHMETIC,
  "~": joined,
  "==": looselyEqual,
  "!=": (left, right) => !looselyEqual(left, right),
  "===": isSame,
  "!==": (left, right) => !isSame(left, right),
  "<=>": compare,
  "<": (left, right) => compare(left, right) < 0,
  ">": (left, right) => compare(left, right) > 0,
  "<=": (left, right) => compare(left, right) <= 0,
  ">=": (left, right) => compare(left, right) >= 0,
  in: isIn,
  "not in": (left, right) => !isIn(left, right),
  "starts with": startsWith,
  "ends with": endsWith,
  "has some": hasSome,
  "has every": hasEvery,
  "..": (low, high) => rangeOf(low, high),
  xor: (left, right) => isTruthy(left) !== isTruthy(right),
};

export function compileBinary(node: Binary, scope: Scope): Evaluate {
  const { operator, left, right, at } = node;
  const { value, condition } = scope.compiler;
  if (operator === "and" || operator === "or") {
    const [one, other] = [condition(left, scope), condition(right, scope)];
    return operator === "and" ? (frame) => one(frame) && other(frame) : (frame) => one(frame) || other(frame);
  }
  const one = value(left, scope);
  if (operator === "matches") return compileMatches(one, right, scope, at);
  const other = value(right, scope);
  if (operator === "??") return (frame) => one(frame) ?? other(frame);
  const operation = OPERATIONS[operator];
  if (operation === undefined) return fail(scope, `There is no operator "${operator}".`, at);
  const evaluate: Evaluate = (frame) => {
    const first = one(frame);
    const second = other(frame);
    frame.at = at;
    return operation(first, second);
  };
  return operator === ".." ? counted(evaluate) : evaluate;
}

/** A pattern from the data could keep the server busy for ever. */
function compileMatches(subject: Evaluate, right: Expression, scope: Scope, at: number): Evaluate {
  if (right.kind !== "literal" || typeof right.value !== "string") {
    return fail(scope, "The pattern of \"matches\" is written in the template: matches '/^[a-z]+$/'.", right.at);
  }
  const pattern = patternOf(right.value, scope, right.at);
  return (frame) => {
    const value = subject(frame);
    frame.at = at;
    return matches(value, pattern);
  };
}

function patternOf(literal: string, scope: Scope, at: number): RegExp {
  try {
    return readPattern(literal);
  } catch (error) {
    if (error instanceof ValueFault) fail(scope, error.message, at);
    throw error;
  }
}
