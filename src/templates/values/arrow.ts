/**
 * `v => v.price > 3`, as filters are given it.
 *
 * Only the compiler makes one, and it is known by a private field: a function found in a page's data is never called.
 */
export class Arrow {
  readonly #body: (...values: readonly unknown[]) => unknown;

  constructor(body: (...values: readonly unknown[]) => unknown) {
    this.#body = body;
  }

  static is(value: unknown): value is Arrow {
    return typeof value === "object" && value !== null && #body in value;
  }

  call(...values: readonly unknown[]): unknown {
    return this.#body(...values);
  }
}
