import type { Context } from "../escaping/context.ts";
import type { Frame } from "./rendering/frame.ts";

/** What a part of a template is compiled to. */
export interface Piece {
  readonly render: Render;
  /** What it always gives, where that is known: its `render` need not be called then. */
  readonly text?: string | undefined;
  /** Where all that it may give is known: makes a `render` that gives the texts around it too, put together once and not for each page. */
  readonly renderBetween?: ((before: string, after: string) => Render) | undefined;
  /** Where in the page it ends. */
  readonly end: Context;
}

export type Render = (frame: Frame) => string;

/** What an expression is compiled to. */
export type Evaluate = (frame: Frame) => unknown;

/** What the condition of an `if` is compiled to. */
export type Decide = (frame: Frame) => boolean;

/** A piece that gives the same text each time. */
export function textPiece(text: string, end: Context): Piece {
  return { render: () => text, text, end };
}
