/**
 * What `|url_encode` made: within a URL it goes out as it stands, and is not encoded again; elsewhere it is a text.
 *
 * Only the engine makes one, and it is known by a private field, so that nothing in a page's data can pass for it.
 */
export class UrlText {
  readonly #encoded: string;

  /** @param encoded Unreserved characters, percent codes, and `=` and `&` between the fields of a query. */
  constructor(encoded: string) {
    this.#encoded = encoded;
  }

  static is(value: unknown): value is UrlText {
    return typeof value === "object" && value !== null && #encoded in value;
  }

  toJSON(): string {
    return this.#encoded;
  }

  toString(): string {
    return this.#encoded;
  }
}
