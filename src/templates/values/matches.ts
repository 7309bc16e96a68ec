import { LIMITS } from "./limits.ts";
import { toText } from "./to-text.ts";
import { ValueFault } from "./value-fault.ts";

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "<": ">" };
const FLAGS = /^[imsu]*$/;

/**
 * Reads the pattern of `matches`, written as Twig has it: `/^\d+$/i`, `#^/a#`.
 *
 * @param literal Only ever what stands in the template: a pattern from data could keep the server busy for ever.
 * @throws {ValueFault} when it is no pattern.
 */
export function readPattern(literal: string): RegExp {
  const open = literal.charAt(0);
  const end = literal.lastIndexOf(CLOSING[open] ?? open);
  if (end < 1 || !/^[^\w\s\\]$/.test(open)) {
    throw new ValueFault("A pattern stands between delimiters. Write it as '/^[a-z]+$/i'.");
  }
  const flags = literal.slice(end + 1);
  if (!FLAGS.test(flags)) throw new ValueFault(`A pattern may have the flags i, m, s and u, not "${flags}".`);
  try {
    return new RegExp(literal.slice(1, end), [...new Set(flags)].join(""));
  } catch (cause) {
    throw new ValueFault(`This is no pattern: ${(cause as Error).message}.`);
  }
}

/** `value matches '/…/'`. @throws {ValueFault} when the text is too long to be matched safely. */
export function matches(value: unknown, pattern: RegExp): boolean {
  const text = toText(value);
  if (text.length > LIMITS.matchedCharacters) {
    throw new ValueFault(`"matches" looks at texts of up to ${LIMITS.matchedCharacters} characters.`);
  }
  return pattern.test(text);
}
