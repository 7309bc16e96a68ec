/**
 * JSON that `|json_encode` made: in a script it goes out as it stands. Everywhere else it is a text like any other.
 *
 * Only the engine makes one, and it is known by a private field, so that nothing in a page's data can pass for it.
 */
export class JsonText {
  readonly #json: string;

  /** @param json Without `<`, `>`, `&` and line separators, so that it cannot end the script it stands in. */
  constructor(json: string) {
    this.#json = json;
  }

  static is(value: unknown): value is JsonText {
    return typeof value === "object" && value !== null && #json in value;
  }

  get json(): string {
    return this.#json;
  }

  toString(): string {
    return this.#json;
  }
}
