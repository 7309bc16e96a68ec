import type { Expression } from "../../language/node.ts";
import { Arrow } from "../../values/arrow.ts";
import type { Scope } from "../compiler.ts";
import type { Evaluate } from "../piece.ts";
import { variableOf } from "../rendering/variable-of.ts";

type ArrowNode = Extract<Expression, { readonly kind: "arrow" }>;

/** `v => v.price`: it sees the variables around it, and covers some with what it is given. */
export function compileArrow({ parameters, body }: ArrowNode, scope: Scope): Evaluate {
  const { compiler } = scope;
  const slots = parameters.map((parameter) => compiler.variables.slotOf(parameter));
  const result = compiler.value(body, scope);
  return (frame) =>
    new Arrow((...values) => {
      frame.spendOnArrow();
      const { variables } = frame;
      const outer = slots.map((slot) => variables[slot]);
      for (const [index, slot] of slots.entries()) variables[slot] = variableOf(values[index]);
      const value = result(frame);
      for (const [index, slot] of slots.entries()) variables[slot] = outer[index];
      return value;
    });
}
