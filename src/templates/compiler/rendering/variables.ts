import { entriesOf } from "../../values/entries-of.ts";
import { variableOf } from "./variable-of.ts";

/** A variable that has another value for a while. */
interface Covered {
  readonly slot: number;
  readonly value: unknown;
}

/**
 * The names that the templates of one engine mention, each with its place in a frame's list of variables.
 *
 * So at run time a variable is a number, and of a page's data only what some template mentions is looked at. There are as many
 * places as names in template files; data adds none.
 */
export class Variables {
  readonly #slots = new Map<string, number>();
  /** What a frame begins with: the globals in their places. */
  readonly #initial: unknown[] = [];

  get count(): number {
    return this.#initial.length;
  }

  slotOf(name: string): number {
    let slot = this.#slots.get(name);
    if (slot === undefined) {
      slot = this.#initial.push(undefined) - 1;
      this.#slots.set(name, slot);
    }
    return slot;
  }

  addGlobal(name: string, value: unknown): void {
    this.#initial[this.slotOf(name)] = variableOf(value);
  }

  /** Where nothing is known but the globals: at the start of a page, in a macro, in an `include … only`. */
  fresh(): unknown[] {
    return this.#initial.slice();
  }

  /** The data of a page, in the places of its names. What is `undefined` there is not there. */
  begin(data: Readonly<Record<string, unknown>>): unknown[] {
    const variables = this.fresh();
    for (const name of Object.keys(data)) {
      const slot = this.#slots.get(name);
      if (slot === undefined) continue;
      const value = data[name];
      if (value !== undefined) variables[slot] = variableOf(value);
    }
    return variables;
  }

  /**
   * Covers variables with the entries of a mapping.
   *
   * @returns What was covered, for `uncover`.
   */
  cover(variables: unknown[], mapping: unknown): readonly Covered[] {
    const { keys = [], values } = entriesOf(mapping);
    const covered: Covered[] = [];
    for (const [index, key] of keys.entries()) {
      const slot = typeof key === "string" ? this.#slots.get(key) : undefined;
      if (slot === undefined) continue;
      covered.push({ slot, value: variables[slot] });
      variables[slot] = variableOf(values[index]);
    }
    return covered;
  }

  uncover(variables: unknown[], covered: readonly Covered[]): void {
    for (const { slot, value } of covered) variables[slot] = value;
  }
}
