import type { Context } from "../../escaping/context.ts";
import { readText } from "../../escaping/read-text.ts";
import type { Scope } from "../compiler.ts";
import { type Piece, textPiece } from "../piece.ts";
import { safely } from "./safely.ts";

/** Text that the author of the template wrote. It goes out as it stands, or as it has to stand for the values around it. */
export function compileText(text: string, scope: Scope, start: Context, at: number): Piece {
  const read = safely(scope, at, () => readText(start, text));
  return textPiece(read.text, read.context);
}
