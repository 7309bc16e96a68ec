import { type Context, isSamePlace } from "../escaping/context.ts";
import type { Piece, Render } from "./piece.ts";
import type { Frame } from "./rendering/frame.ts";
import { isolated, Usage } from "./usage.ts";

/**
 * A part of a template that can be rendered from several places, also from within itself: an include, a macro, a block.
 *
 * It leaves the variables as it found them.
 */
export class Procedure {
  readonly usage: Usage = new Usage();
  readonly #start: Context;
  #end: Context | undefined;
  #run: Render = () => "";
  /** Whether it was used before it was known where it ends. */
  #wasAssumed = false;

  constructor(start: Context) {
    this.#start = start;
    // What it mentions is not known before it is compiled, and until then only it can ask.
    this.usage.mentionsLoop = true;
  }

  /** Where in the page it ends. One that contains itself has to end where it begins. */
  get end(): Context {
    if (this.#end !== undefined) return this.#end;
    this.#wasAssumed = true;
    return this.#start;
  }

  /** @returns whether it ends where its own uses of itself took it to end. */
  finish({ render, end }: Piece, used: Usage): boolean {
    const run = isolated(render, used);
    this.#run = (frame) => {
      frame.enter();
      const text = run(frame);
      frame.leave();
      return text;
    };
    this.#end = end;
    this.usage.mentionsLoop = used.mentionsLoop;
    return !this.#wasAssumed || isSamePlace(end, this.#start);
  }

  /** @param at Where it is used, for an error about too many levels. */
  render(frame: Frame, at: number): string {
    frame.at = at;
    return this.#run(frame);
  }
}
