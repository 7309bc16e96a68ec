import type { Context } from "../escaping/context.ts";
import type { Piece } from "./piece.ts";
import { Procedure } from "./procedure.ts";
import { RENDER_LIMITS } from "./rendering/render-limits.ts";
import { Usage } from "./usage.ts";

/** How a procedure is made. */
export interface Recipe {
  readonly start: Context;
  /** Notes in `usage` what it does with variables. */
  readonly compile: (usage: Usage) => Piece;
  readonly fail: (problem: string) => never;
}

/**
 * All procedures of a compiler, each compiled once.
 *
 * What could not be compiled leaves nothing behind, and is tried again when it is asked for again: a file that was missing may have come.
 */
export class Procedures {
  readonly #known = new Map<string, Procedure>();
  /** Compiled for the one that was asked for. They may contain one another, so all of them are kept, or none. */
  readonly #open: string[] = [];
  #depth = 0;

  get isCompiling(): boolean {
    return this.#depth > 0;
  }

  get(key: string, recipe: Recipe): Procedure {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const procedure = new Procedure(recipe.start);
    this.#known.set(key, procedure);
    this.#open.push(key);
    this.#depth += 1;
    try {
      this.#compile(procedure, recipe);
    } catch (error) {
      for (const open of this.#open) this.#known.delete(open);
      throw error;
    } finally {
      this.#depth -= 1;
      if (this.#depth === 0) this.#open.length = 0;
    }
    return procedure;
  }

  #compile(procedure: Procedure, { compile, fail }: Recipe): void {
    if (this.#depth > RENDER_LIMITS.nesting) {
      fail(`Includes, macros and blocks may be nested ${RENDER_LIMITS.nesting} levels deep.`);
    }
    const usage = new Usage();
    const endsAsAssumed = procedure.finish(compile(usage), usage);
    if (!endsAsAssumed)
      fail("What contains itself has to end where it begins: close in it the tags and quotes it opens.");
  }
}
