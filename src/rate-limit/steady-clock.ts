/**
 * Makes a clock that never goes back from one that may be set: a step back counts as no time at all.
 *
 * Without it, a clock set back by an hour would keep every counter full for an hour.
 *
 * @param now Milliseconds.
 * @returns Milliseconds that agree with `now` until it is first set back, and then stay ahead of it.
 */
export function steadyClock(now: () => number): () => number {
  let latest = -Infinity;
  let ahead = 0;
  return () => {
    const time = now();
    ahead += Math.max(0, latest - time);
    latest = time;
    return time + ahead;
  };
}
