/** A statement or expression, of whichever kind. */
interface AnyNode {
  readonly kind: string;
  readonly name?: unknown;
  readonly at: number;
}

/** Every node in a part of a template, at any depth. */
export function nodesIn(part: unknown): readonly AnyNode[] {
  const nodes: AnyNode[] = [];
  collect(part, nodes);
  return nodes;
}

function collect(part: unknown, nodes: AnyNode[]): void {
  if (typeof part !== "object" || part === null) return;
  if ("kind" in part) nodes.push(part as AnyNode);
  for (const inside of Object.values(part)) collect(inside, nodes);
}
