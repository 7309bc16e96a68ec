/** A statement or expression, of whichever kind. */
interface AnyNode {
  readonly kind: string;
  readonly name?: unknown;
  readonly value?: unknown;
  readonly at: number;
}

/** Every node in a part of a template, at any depth. */
export function nodesIn(part: unknown): readonly AnyNode[] {
  if (typeof part !== "object" || part === null) return [];
  const inside = Object.values(part).flatMap(nodesIn);
  return "kind" in part ? [part as AnyNode, ...inside] : inside;
}

/** Whether a part of a template mentions a variable. */
export function mentions(part: unknown, name: string): boolean {
  return nodesIn(part).some((node) => node.kind === "name" && node.name === name);
}
