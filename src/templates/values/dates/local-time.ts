import type { TimeZone } from "./time-zone.ts";

const DAY_MS = 86_400_000;

/** What the clocks of a zone show at a time, as the UTC fields of a `Date`. */
export function localTime(time: number, zone: TimeZone): Date {
  return new Date(time + zone.offsetAt(time));
}

/** When the clocks of a zone show this: the first time where they show it twice, and behind the gap where they skip it. */
export function timeOfLocal(local: number, zone: TimeZone): number {
  const before = local - zone.offsetAt(local - DAY_MS);
  const after = local - zone.offsetAt(local + DAY_MS);
  const isShown = (time: number): boolean => time + zone.offsetAt(time) === local;
  return !isShown(before) && isShown(after) ? after : before;
}
