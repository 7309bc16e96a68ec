const MEBI = 1024 ** 2;

/** What one render may cost. */
export const RENDER_LIMITS: Readonly<
  Record<"steps" | "arrowCalls" | "randomNumbers" | "milliseconds" | "nesting" | "outputCharacters" | "waits", number>
> = {
  /** Rounds of loops, items of ranges, includes, macros and blocks, all together. */
  steps: 100_000,
  /** Calls of `v => …`: sorting a list calls one more often than it has items. */
  arrowCalls: 1_000_000,
  /** Shuffling a list draws one for each of its items. They are remembered. */
  randomNumbers: 1_000_000,
  /** All attempts at a page together, without what it waits for: a round of a loop can be short or go through a whole list. */
  milliseconds: 3_000,
  /** Levels of includes, macros and blocks inside of each other. */
  nesting: 50,
  /** Output in UTF-16 units: 10 MiB of ASCII. */
  outputCharacters: 10 * MEBI,
  /** Promises of functions and filters that are waited for. */
  waits: 1_000,
};

/** @throws {RangeError} when a page gets too long. */
export function checkOutput(text: string): string {
  if (text.length > RENDER_LIMITS.outputCharacters) {
    throw new RangeError(`A page may have ${RENDER_LIMITS.outputCharacters} characters.`);
  }
  return text;
}
