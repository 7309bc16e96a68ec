import type { Render } from "./piece.ts";

/** What a part of a template does with variables, noted while it is compiled. */
export class Usage {
  /** Whether `loop` is mentioned, so that it has to be kept. */
  mentionsLoop = false;
  /** The places of variables that are changed for whatever comes behind. */
  readonly changed: Set<number> = new Set();
}

/** Makes a part of a template leave the variables as they were. */
export function isolated(render: Render, { changed }: Usage): Render {
  if (changed.size === 0) return render;
  const slots = [...changed];
  return (frame) => {
    const { variables } = frame;
    const before = slots.map((slot) => variables[slot]);
    const text = render(frame);
    for (const [index, slot] of slots.entries()) variables[slot] = before[index];
    return text;
  };
}
