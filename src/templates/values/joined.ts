import { Markup } from "../markup.ts";
import { checkTextLength } from "./limits.ts";
import { toText } from "./to-text.ts";

/**
 * `left ~ right`: markup where both are, else a text that is escaped as a whole where it is printed.
 *
 * @throws {ValueFault} when the text gets too long.
 */
export function joined(left: unknown, right: unknown): string | Markup {
  const text = together(toText(left), toText(right));
  return Markup.is(left) && Markup.is(right) ? new Markup(text) : text;
}

function together(left: string, right: string): string {
  checkTextLength(left.length + right.length);
  return left + right;
}
