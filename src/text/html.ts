import { escapeHtml } from "./escape-html.ts";

/** Markup made by `html`. It is known by a private field, so nothing in a page's data can pass for it. */
export class Html {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  static is(value: unknown): value is Html {
    return typeof value === "object" && value !== null && #markup in value;
  }

  toString(): string {
    return this.#markup;
  }
}

/** Text is escaped, markup goes in as it stands, nothing becomes of what is not there. */
export type HtmlValue = string | number | Html | undefined | false | readonly HtmlValue[];

/**
 * Puts a page together from text that nobody has to trust: `html`<p title="${a}">${b}</p>``. Values stand between tags and in quoted
 * attributes only.
 *
 * @see CWE-79
 */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(parts.map((part, index) => part + markupOf(values[index])).join(""));
}

function markupOf(value: HtmlValue): string {
  if (value === undefined || value === false) return "";
  if (Array.isArray(value)) return value.map(markupOf).join("");
  return Html.is(value) ? value.toString() : escapeHtml(String(value));
}
