import type { Evaluate } from "../piece.ts";

/** A range, of which every item is a step of the render: a small template can ask for very many. */
export function counted(range: Evaluate): Evaluate {
  return (frame) => {
    const items = range(frame);
    if (Array.isArray(items)) frame.spend(items.length);
    return items;
  };
}
