import type { Argument, Expression } from "./expression.ts";
import type { ExpressionParser } from "./expression-parser.ts";
import type { IncludeStatement, PrintStatement } from "./node.ts";
import type { TokenReader } from "./token-reader.ts";

/** As Twig's function has them, but for the sandbox. */
const INCLUDE_PARAMETERS = ["template", "variables", "with_context", "ignore_missing"];

/** Reads a print from behind its `{{`. An include that stands alone in it is the same as the tag. */
export function parsePrint(expressions: ExpressionParser, at: number): PrintStatement | IncludeStatement {
  const { tokens } = expressions;
  if (tokens.isNext("print-end")) tokens.fail("There is nothing to print between {{ and }}.", at);
  const value = expressions.whole();
  tokens.expectEnd("print-end");
  if (value.kind === "call" && value.name === "include") return includeOf(tokens, value.args, value.at);
  return { kind: "print", value, at };
}

function includeOf(tokens: TokenReader, args: readonly Argument[], at: number): IncludeStatement {
  const given = new Map<string, Expression>();
  for (const [index, { name = INCLUDE_PARAMETERS[index], value }] of args.entries()) {
    if (name === undefined || !INCLUDE_PARAMETERS.includes(name)) {
      tokens.fail(`include() takes ${INCLUDE_PARAMETERS.join(", ")}, and nothing else.`, value.at);
    }
    if (given.has(name)) tokens.fail(`The argument "${name}" is given twice.`, value.at);
    given.set(name, value);
  }
  const template = given.get("template");
  if (template === undefined) return tokens.fail("include() needs the name of a template.", at);
  const flag = (name: string, otherwise: boolean): boolean => {
    const value = given.get(name);
    if (value === undefined) return otherwise;
    if (value.kind === "literal" && typeof value.value === "boolean") return value.value;
    return tokens.fail(`"${name}" of include() is either true or false.`, value.at);
  };
  return {
    kind: "include",
    template,
    data: given.get("variables"),
    isAlone: !flag("with_context", true),
    ignoresMissing: flag("ignore_missing", false),
    at,
  };
}
