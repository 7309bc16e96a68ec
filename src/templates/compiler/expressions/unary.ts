import type { Expression } from "../../language/node.ts";
import { negate } from "../../values/arithmetic.ts";
import { numberOf } from "../../values/number-of.ts";
import type { Scope } from "../compiler.ts";
import type { Evaluate } from "../piece.ts";

type Unary = Extract<Expression, { readonly kind: "unary" }>;

export function compileUnary({ operator, operand, at }: Unary, scope: Scope): Evaluate {
  const { compiler } = scope;
  if (operator === "not") {
    const holds = compiler.condition(operand, scope);
    return (frame) => !holds(frame);
  }
  const value = compiler.value(operand, scope);
  const signed = operator === "-" ? negate : (number: unknown) => numberOf(number, "+");
  return (frame) => {
    const number = value(frame);
    frame.at = at;
    return signed(number);
  };
}
