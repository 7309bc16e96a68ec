import type { Context } from "../escaping/context.ts";
import type { Piece } from "./piece.ts";
import { Procedure } from "./procedure.ts";
import { Usage } from "./usage.ts";

/** How a procedure is made: notes in `usage` what it does with variables. */
export interface Recipe {
  readonly start: Context;
  readonly compile: (usage: Usage) => Piece;
  /** Called when it contains itself, but ends elsewhere in the page than it begins. */
  readonly failUneven: () => never;
}

/** All procedures of an engine, each compiled once. What could not be compiled leaves nothing behind. */
export class Procedures {
  readonly #known = new Map<string, Procedure>();
  /** Compiled together with the one that was asked for. They may contain one another, so they are kept together or not at all. */
  readonly #open: string[] = [];
  #depth = 0;

  get isCompiling(): boolean {
    return this.#depth > 0;
  }

  get(key: string, { start, compile, failUneven }: Recipe): Procedure {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const procedure = new Procedure(start);
    this.#known.set(key, procedure);
    this.#open.push(key);
    this.#depth += 1;
    let isDone = false;
    try {
      const usage = new Usage();
      if (!procedure.finish(compile(usage), usage)) failUneven();
      isDone = true;
      return procedure;
    } finally {
      this.#depth -= 1;
      if (!isDone) for (const open of this.#open) this.#known.delete(open);
      if (!isDone || this.#depth === 0) this.#open.length = 0;
    }
  }
}
