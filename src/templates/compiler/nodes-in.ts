import type { Node } from "../language/node.ts";

/** Every node in a part of a template, at any depth. */
export function nodesIn(part: unknown): readonly Node[] {
  const nodes: Node[] = [];
  collect(part, nodes);
  return nodes;
}

function collect(part: unknown, nodes: Node[]): void {
  if (typeof part !== "object" || part === null) return;
  if ("kind" in part) nodes.push(part as Node);
  for (const inside of Object.values(part)) collect(inside, nodes);
}
