import { ValueFault } from "./value-fault.ts";

/** How far expressions go with the data they are given. */
export const LIMITS = {
  /** The text that one filter, function or operator may make, in UTF-16 units: 10 MiB. */
  textCharacters: 10_485_760,
  /** What one filter, function or operator may put into a list or mapping, or take out of an iterator. */
  listItems: 100_000,
  /** Lists in lists, where they are compared or printed. */
  nesting: 64,
  /** Values looked at to compare two lists, or to write one value as JSON. */
  nestedValues: 1_000_000,
  /** What `matches` looks at. A pattern can take time that grows with the square. */
  matchedCharacters: 10_000,
  /** The pairs of one `replace`. */
  replacements: 1_000,
  /** What `replace` compares: with every place of the text all pairs that begin alike. */
  comparedCharacters: 100_000_000,
  /** The longest text that is read as a number. */
  numeralCharacters: 309,
  /** What an integer may grow to: as far as a floating-point number goes. */
  integerBits: 1_024,
} as const;

/** @throws {ValueFault} when a text would be too long. To be asked before the text is made. */
export function checkTextLength(characters: number): void {
  if (characters > LIMITS.textCharacters) {
    throw new ValueFault(`This makes a text of more than ${LIMITS.textCharacters} characters, which is the limit.`);
  }
}

/** @throws {ValueFault} when a list or mapping would be too long. */
export function checkItemCount(items: number): void {
  if (items > LIMITS.listItems) {
    throw new ValueFault(`This goes through more than ${LIMITS.listItems} items, which is the limit.`);
  }
}
