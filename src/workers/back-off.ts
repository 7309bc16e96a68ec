const FIRST_MS = 100;
const LONGEST_MS = 30_000;
/** Whoever lived so long did not fail because of how it was started. */
const GOOD_LIFE_MS = 60_000;

/** How long to wait before the next try: twice as long each time, less up to half of it, so that not all try at once. */
export class BackOff {
  readonly #random: () => number;
  #failures = 0;

  /** @param random At least 0, less than 1. */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** @param livedMs How long the one that failed had served. */
  nextDelayMs(livedMs: number): number {
    if (livedMs >= GOOD_LIFE_MS) this.#failures = 0;
    const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.#failures);
    this.#failures += 1;
    return Math.round(longest * (1 - this.#random() / 2));
  }
}
