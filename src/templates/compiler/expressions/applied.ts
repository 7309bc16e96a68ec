import type { Argument, Expression } from "../../language/node.ts";
import type { CallableKind, Called } from "../callables.ts";
import type { Scope } from "../compiler.ts";
import { fail } from "../fail.ts";
import type { Evaluate } from "../piece.ts";
import { boundArguments } from "./bound-arguments.ts";

/** A filter, function or test with its operands: `subject` comes in front of the arguments. */
export function applied(
  kind: CallableKind,
  name: string,
  subject: readonly Expression[],
  args: readonly Argument[],
  scope: Scope,
  at: number,
): Evaluate {
  const { callables, value } = scope.compiler;
  const called = callables.find(kind, name);
  if (called === undefined) return fail(scope, `There is no ${kind} "${name}".${callables.hint(kind, name)}`, at);
  const signature = { what: `The ${kind} "${name}"`, parameters: called.parameters, required: called.required };
  const operands = [...subject, ...boundArguments(signature, args, scope, at)];
  return invocation(
    called,
    operands.map((operand) => (operand === undefined ? nothing : value(operand, scope))),
    at,
  );
}

/** Most calls have one or two operands: those make no loop. */
function invocation({ invoke }: Called, operands: readonly Evaluate[], at: number): Evaluate {
  const [first = nothing, second = nothing] = operands;
  if (operands.length === 1) {
    return (frame) => {
      const args = [first(frame)];
      frame.at = at;
      return invoke(args, frame);
    };
  }
  if (operands.length === 2) {
    return (frame) => {
      const args = [first(frame), second(frame)];
      frame.at = at;
      return invoke(args, frame);
    };
  }
  return (frame) => {
    const args = operands.map((operand) => operand(frame));
    frame.at = at;
    return invoke(args, frame);
  };
}

function nothing(): undefined {
  return undefined;
}
