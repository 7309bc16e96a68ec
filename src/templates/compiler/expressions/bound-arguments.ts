import { didYouMean } from "../../../text/did-you-mean.ts";
import type { Argument, Expression } from "../../language/node.ts";
import type { Scope } from "../compiler.ts";
import { fail } from "../fail.ts";

/** What can be called, as an error speaks of it. */
export interface Signature {
  /** `The filter "date"` */
  readonly what: string;
  /** `...` in front of the last one takes all that remain. */
  readonly parameters: readonly string[];
  readonly required: number;
}

/**
 * The arguments of a call, each in the place of its parameter; `undefined` where one between others was left out.
 *
 * @throws {TemplateError} when there are too few or too many, or one has a name that the other side does not know.
 */
export function boundArguments(
  signature: Signature,
  args: readonly Argument[],
  scope: Scope,
  at: number,
): readonly (Expression | undefined)[] {
  const { what, parameters, required } = signature;
  const known = parameters.filter((parameter) => !parameter.startsWith("..."));
  const takesRest = known.length < parameters.length;
  const bound: (Expression | undefined)[] = [];
  for (const [index, { name, value }] of args.entries()) {
    if (name === undefined && !takesRest && index >= known.length) {
      fail(scope, `${what} takes ${countOf(known)}.`, value.at);
    }
    const place = name === undefined ? index : known.indexOf(name);
    if (place < 0)
      fail(
        scope,
        `${what} has no argument "${name}".${didYouMean(name ?? "", known, `It takes ${countOf(known)}.`)}`,
        value.at,
      );
    if (bound[place] !== undefined) fail(scope, `${what} is given "${known[place]}" twice.`, value.at);
    bound[place] = value;
  }
  for (let index = 0; index < required; index += 1) {
    if (bound[index] === undefined)
      fail(scope, `${what} needs the argument "${(known[index] ?? parameters[index] ?? "").replace("...", "")}".`, at);
  }
  return Array.from(bound);
}

function countOf(parameters: readonly string[]): string {
  if (parameters.length === 0) return "no arguments";
  const names = parameters.map((name) => `"${name}"`).join(", ");
  return parameters.length === 1 ? `one argument: ${names}` : `at most ${parameters.length} arguments: ${names}`;
}
