import type { Argument, Expression } from "../../../src/templates/language/expression.ts";

/** Writes an expression with a bracket around everything that an operator makes, so that its structure can be read. */
export function showExpression(expression: Expression | undefined): string {
  if (expression === undefined) return "";
  const show = showExpression;
  switch (expression.kind) {
    case "literal":
      return JSON.stringify(expression.value);
    case "name":
      return expression.name;
    case "member":
      return `${show(expression.object)}[${show(expression.key)}]`;
    case "slice":
      return `${show(expression.object)}[${show(expression.start)}:${show(expression.length)}]`;
    case "list":
      return `[${expression.items.map(show).join(", ")}]`;
    case "hash":
      return `{${expression.entries.map(({ key, value }) => `${show(key)}: ${show(value)}`).join(", ")}}`;
    case "unary":
      return `(${expression.operator} ${show(expression.operand)})`;
    case "binary":
      return `(${show(expression.left)} ${expression.operator} ${show(expression.right)})`;
    case "conditional":
      return `(${show(expression.test)} ? ${show(expression.consequence)} : ${show(expression.otherwise)})`;
    case "test":
      return `(${show(expression.value)} is ${expression.isNegated ? "not " : ""}${expression.name}${showArguments(expression.args)})`;
    case "filter":
      return `${show(expression.value)}|${expression.name}${showArguments(expression.args)}`;
    case "call":
      return `${expression.name}${showArguments(expression.args)}`;
    case "macroCall":
      return `${expression.alias}::${expression.name}${showArguments(expression.args)}`;
    case "arrow":
      return `((${expression.parameters.join(", ")}) => ${show(expression.body)})`;
  }
}

function showArguments(args: readonly Argument[]): string {
  return `(${args.map(({ name, value }) => (name === undefined ? "" : `${name}: `) + showExpression(value)).join(", ")})`;
}
