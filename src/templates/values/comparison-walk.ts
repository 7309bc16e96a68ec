import { LIMITS } from "./limits.ts";
import { ValueFault } from "./value-fault.ts";

/** How far two lists have been compared with all that is in them, so that lists that hold themselves come to an end. */
export class ComparisonWalk {
  #depth = 0;
  #left: number = LIMITS.nestedValues;

  /** Begins with the items of a list, which `leave` ends. @throws {ValueFault} when this goes too deep or too far. */
  enter(items: number): void {
    this.#left -= items;
    this.#depth += 1;
    if (this.#depth > LIMITS.nesting || this.#left < 0) {
      throw new ValueFault("These lists are nested too deep to be compared, or hold themselves.");
    }
  }

  leave(): void {
    this.#depth -= 1;
  }
}
