import type { Context } from "../escaping/context.ts";
import { readText } from "../escaping/read-text.ts";
import { UnsafePlace } from "../escaping/unsafe-place.ts";
import type { Scope } from "./compiler.ts";
import { fail } from "./fail.ts";
import { type Piece, textPiece } from "./piece.ts";

/** Text that the author of the template wrote. It goes out as it stands, or as it has to stand for the values around it. */
export function compileText(text: string, scope: Scope, start: Context, at: number): Piece {
  const read = safely(scope, at, () => readText(start, text));
  return textPiece(read.text, read.context);
}

/** @throws {TemplateError} `TEMPLATE_INVALID` where nothing that is printed could be made safe. */
export function safely<T>(scope: Scope, at: number, look: () => T): T {
  try {
    return look();
  } catch (error) {
    if (error instanceof UnsafePlace) fail(scope, error.problem, at + error.offset);
    throw error;
  }
}
