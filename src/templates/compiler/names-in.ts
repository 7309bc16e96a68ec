import type { Expression } from "../language/node.ts";

/** The names that an expression gives whatever the data is: a text, or a list of texts, of which the first that exists counts. */
export function namesIn(expression: Expression): readonly string[] | undefined {
  if (expression.kind === "literal") return typeof expression.value === "string" ? [expression.value] : undefined;
  if (expression.kind !== "list" || expression.items.length === 0) return undefined;
  const names = expression.items.flatMap((item) => (item.kind === "literal" ? [item.value] : []));
  return names.length === expression.items.length && names.every((name) => typeof name === "string")
    ? names
    : undefined;
}
