import type { Request } from "tina4-ts";

/** Keeps what ran since it was asked last, as nothing outside of the process could tell. */
export class Notes {
  readonly #entered: string[] = [];

  add(name: string): void {
    this.#entered.push(name);
  }

  /** A handler that notes that it ran, and says for whom. */
  handler(name: string): (request: Request) => object {
    return (request) => {
      this.add(name);
      return { entered: name, sub: request.user?.sub ?? null };
    };
  }

  /** What ran, and how many members every object has: one more, and somebody has written to them all. */
  report(): object {
    return { entered: this.#entered.splice(0), prototype: Object.getOwnPropertyNames(Object.prototype).length };
  }
}
