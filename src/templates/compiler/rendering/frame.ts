import type { Answers } from "./answers.ts";
import { RENDER_LIMITS } from "./render-limits.ts";

/** Asking for the time takes as long as a short arrow. */
const CALLS_UNCHECKED = 16;

/**
 * What one render knows while it runs. Compiled templates are functions of a frame.
 *
 * All templates of a page share one list of variables. What a loop, a block or an include changes and others must not see, it puts
 * back when it ends. After an error nothing has to be put back: the frame ends with it.
 */
export class Frame {
  /** In the places that `Variables` gave their names; `undefined` is one that is not there. */
  variables: unknown[];
  /** Where in its source a template stands, for an error. Set by whatever can fail, just before it does. */
  at = 0;
  readonly answers: Answers;
  /** What functions of the application are told about the page they are asked for. */
  readonly page: unknown;
  #steps = 0;
  #depth = 0;
  #arrowCalls = 0;

  constructor(variables: unknown[], answers: Answers, page: unknown) {
    this.variables = variables;
    this.answers = answers;
    this.page = page;
  }

  /** @throws {RangeError} when this render takes more steps than it may. */
  spend(steps: number): void {
    this.answers.checkTime();
    this.#steps += steps;
    if (this.#steps > RENDER_LIMITS.steps) {
      throw new RangeError(
        `A page may take ${RENDER_LIMITS.steps} steps: rounds of loops, items of ranges, includes, macros, blocks.`,
      );
    }
  }

  /** @throws {RangeError} when arrows are called more often than they may be. */
  spendOnArrow(): void {
    if (this.#arrowCalls % CALLS_UNCHECKED === 0) this.answers.checkTime();
    this.#arrowCalls += 1;
    if (this.#arrowCalls > RENDER_LIMITS.arrowCalls) {
      throw new RangeError(`The arrows of a page may be called ${RENDER_LIMITS.arrowCalls} times.`);
    }
  }

  /** Begins an include, a macro or a block, which `leave` ends. @throws {RangeError} when they are nested too deep. */
  enter(): void {
    this.spend(1);
    this.#depth += 1;
    if (this.#depth > RENDER_LIMITS.nesting) {
      throw new RangeError(
        `Includes, macros and blocks may be nested ${RENDER_LIMITS.nesting} levels deep. Do they go round in a circle?`,
      );
    }
  }

  leave(): void {
    this.#depth -= 1;
  }
}
