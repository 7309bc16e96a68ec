import { isSamePlace, PAGE_TEXT } from "../../escaping/context.ts";
import { Markup } from "../../markup.ts";
import type { Scope } from "../compiler.ts";
import { fail } from "../fail.ts";
import type { Piece } from "../piece.ts";
import type { Frame } from "../rendering/frame.ts";
import { checkOutput } from "../rendering/render-limits.ts";

/** What a body gives, as a value. It can be printed anywhere, so it has to be the text of a page, and whole. */
export function captured({ render, end }: Piece, scope: Scope, at: number): (frame: Frame) => Markup {
  if (!isSamePlace(end, PAGE_TEXT)) fail(scope, "This has to end where it began: close in it what it opens.", at);
  return (frame) => new Markup(checkOutput(render(frame)));
}
