import type { Context } from "../../escaping/context.ts";
import { type Piece, type Render, textPiece } from "../piece.ts";

/** Pieces one after the other. Texts that are known are put together here, so that a page has few parts to go through. */
export function sequence(pieces: readonly Piece[], start: Context): Piece {
  const end = pieces.at(-1)?.end ?? start;
  const parts: { readonly render: Render; after: string }[] = [];
  let before = "";
  for (const { render, text } of pieces) {
    const last = parts.at(-1);
    if (text === undefined) parts.push({ render, after: "" });
    else if (last === undefined) before += text;
    else last.after += text;
  }
  if (parts.length === 0) return textPiece(before, end);
  const render: Render = (frame) => {
    let text = before;
    for (const part of parts) text += part.render(frame) + part.after;
    return text;
  };
  return { render, end };
}
