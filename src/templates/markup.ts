/**
 * Text that was escaped already, or was printed with `|raw`: in the text of a page it goes out as it stands.
 *
 * Only the engine makes one, and it is known by a private field, so that nothing in a page's data can pass for it.
 */
export class Markup {
  readonly #html: string;

  constructor(html: string) {
    this.#html = html;
  }

  static is(value: unknown): value is Markup {
    return typeof value === "object" && value !== null && #html in value;
  }

  get html(): string {
    return this.#html;
  }

  toString(): string {
    return this.#html;
  }
}
