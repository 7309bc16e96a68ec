/** Counts what one client sends: a bucket that holds one second's worth, and is filled again as time passes. */
export class MessageRate {
  readonly #perSecond: number;
  readonly #monotonicNow: () => number;
  #left: number;
  #filledAt: number;

  /** @param monotonicNow Milliseconds since any moment, that never go back. */
  constructor(perSecond: number, monotonicNow: () => number) {
    this.#perSecond = perSecond;
    this.#monotonicNow = monotonicNow;
    this.#left = perSecond;
    this.#filledAt = monotonicNow();
  }

  /** @returns Whether there was room for one more. */
  take(): boolean {
    const now = this.#monotonicNow();
    this.#left = Math.min(this.#perSecond, this.#left + ((now - this.#filledAt) / 1000) * this.#perSecond);
    this.#filledAt = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
