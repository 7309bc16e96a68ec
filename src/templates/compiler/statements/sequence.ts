import type { Context } from "../../escaping/context.ts";
import { type Piece, type Render, textPiece } from "../piece.ts";

/** Up to here a text is repeated for each branch beside it: to add it to a page costs more than to keep it. */
const MAX_REPEATED_CHARACTERS = 1_000;

/** Pieces one after the other. Texts that are known are put together here, so that a page has few parts to go through. */
export function sequence(pieces: readonly Piece[], start: Context): Piece {
  const end = pieces.at(-1)?.end ?? start;
  const shown = pieces.filter(({ text }) => text === undefined);
  const texts = textsAround(pieces);
  if (shown.length === 0) return textPiece(texts[0] ?? "", end);
  const renders = shown.map((piece, index) => withTexts(piece, texts, index));
  const [before = "", ...behind] = texts;
  const parts = renders.map((render, index) => ({ render, after: behind[index] ?? "" }));
  const render: Render = (frame) => {
    let text = before;
    for (const part of parts) {
      text += part.render(frame);
      text += part.after;
    }
    return text;
  };
  return { render, end };
}

/** The known texts in front of, between and behind all other pieces: one more than there are of those. */
function textsAround(pieces: readonly Piece[]): string[] {
  const texts: string[][] = [[]];
  for (const { text } of pieces) {
    if (text === undefined) texts.push([]);
    else texts.at(-1)?.push(text);
  }
  // Joined, since what is added V8 keeps as a tree, which every page would have to go through.
  return texts.map((each) => each.join(""));
}

/** A piece of which all is known takes the texts on both of its sides in, and leaves none there. */
function withTexts({ render, renderBetween }: Piece, texts: string[], index: number): Render {
  const before = texts[index] ?? "";
  const after = texts[index + 1] ?? "";
  if (renderBetween === undefined || before.length + after.length > MAX_REPEATED_CHARACTERS) return render;
  texts[index] = "";
  texts[index + 1] = "";
  return renderBetween(before, after);
}
