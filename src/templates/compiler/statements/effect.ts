import type { Context } from "../../escaping/context.ts";
import type { Piece } from "../piece.ts";
import type { Frame } from "../rendering/frame.ts";

/** A piece that shows nothing. */
export function effect(run: (frame: Frame) => void, start: Context): Piece {
  const render = (frame: Frame): string => {
    run(frame);
    return "";
  };
  return { render, end: start };
}
