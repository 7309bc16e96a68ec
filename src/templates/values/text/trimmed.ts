import { Markup } from "../../markup.ts";
import { toText } from "../to-text.ts";
import { ValueFault } from "../value-fault.ts";

const WHITESPACE = " \t\n\r\0\v";

/**
 * A text without the characters at its ends. Markup stays markup, unless it is told which characters to lose.
 *
 * @param mask The characters to take away. Default: spaces and line breaks.
 * @param side `both`, `left` or `right`.
 */
export function trimmed(value: unknown, mask: unknown, side: unknown): string | Markup {
  const end = side === undefined ? "both" : toText(side);
  if (end !== "both" && end !== "left" && end !== "right") {
    throw new ValueFault('"trim" has the sides "both", "left" and "right".');
  }
  const text = toText(value);
  const characters = new Set(mask === undefined || mask === null ? WHITESPACE : toText(mask));
  let from = 0;
  let to = text.length;
  if (end !== "right") while (from < to && characters.has(text.charAt(from))) from += 1;
  if (end !== "left") while (from < to && characters.has(text.charAt(to - 1))) to -= 1;
  const result = text.slice(from, to);
  return Markup.is(value) && (mask === undefined || mask === null) ? new Markup(result) : result;
}
