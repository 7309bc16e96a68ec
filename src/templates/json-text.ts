/**
 * JSON that `|json_encode` made. In a script it stands for its value, and is not put into quotes again; elsewhere it is a text.
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

  /** So that within other JSON it is what it says. */
  toJSON(): unknown {
    return JSON.parse(this.#json);
  }

  toString(): string {
    return this.#json;
  }
}
