import { ValueFault } from "../value-fault.ts";
import { localTime, timeOfLocal } from "./local-time.ts";
import type { TimeZone } from "./time-zone.ts";
import { validDate } from "./valid-date.ts";

const MAX_MODIFIER_CHARACTERS = 100;
const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const DAY = "day";

/** Moves a date, of which the UTC fields count, by so many of a unit. */
const UNITS: Readonly<Record<string, (local: Date, count: number) => void>> = {
  sec: (local, count) => local.setUTCSeconds(local.getUTCSeconds() + count),
  second: (local, count) => local.setUTCSeconds(local.getUTCSeconds() + count),
  min: (local, count) => local.setUTCMinutes(local.getUTCMinutes() + count),
  minute: (local, count) => local.setUTCMinutes(local.getUTCMinutes() + count),
  hour: (local, count) => local.setUTCHours(local.getUTCHours() + count),
  [DAY]: (local, count) => local.setUTCDate(local.getUTCDate() + count),
  week: (local, count) => local.setUTCDate(local.getUTCDate() + 7 * count),
  fortnight: (local, count) => local.setUTCDate(local.getUTCDate() + 14 * count),
  month: (local, count) => local.setUTCMonth(local.getUTCMonth() + count),
  year: (local, count) => local.setUTCFullYear(local.getUTCFullYear() + count),
};

const UNIT = `(${Object.keys(UNITS).join("|")})s?`;
const COUNTS: Readonly<Record<string, number>> = { next: 1, last: -1, previous: -1, this: 0 };

type Step = readonly [pattern: RegExp, move: (local: Date, ...words: readonly string[]) => void];

/** What a modifier is made of. Each is tried where the one before it ended. */
const STEPS: readonly Step[] = [
  [step("now"), () => {}],
  [step("(?:today|midnight)"), (local) => local.setUTCHours(0, 0, 0, 0)],
  [step("noon"), (local) => local.setUTCHours(12, 0, 0, 0)],
  [step("tomorrow"), (local) => moveToMidnight(local, 1)],
  [step("yesterday"), (local) => moveToMidnight(local, -1)],
  [
    step(`([+-]?)\\s?(\\d{1,6})\\s?${UNIT}( ago)?`),
    (local, sign, count, unit, ago) => {
      UNITS[unit ?? DAY]?.(local, Number(count) * (sign === "-" ? -1 : 1) * (ago === undefined ? 1 : -1));
    },
  ],
  [
    step("(first|last) day of(?: (next|last|previous|this) month)?"),
    (local, end, which = "this") => {
      // The first or the last day: by way of the first, so that no month is skipped for being short.
      local.setUTCDate(1);
      local.setUTCMonth(local.getUTCMonth() + (COUNTS[which] ?? 0) + (end === "last" ? 1 : 0), end === "last" ? 0 : 1);
    },
  ],
  [
    step(`(next|last|previous|this) ${UNIT}`),
    (local, which = "this", unit = DAY) => UNITS[unit]?.(local, COUNTS[which] ?? 0),
  ],
  [
    step(`(next|last|previous) (${WEEKDAYS.join("|")})`),
    (local, which, weekday = "") => {
      const ahead = (WEEKDAYS.indexOf(weekday) - local.getUTCDay() + 7) % 7;
      moveToMidnight(local, which === "next" ? ahead || 7 : ahead - 7);
    },
  ],
];

/**
 * Another date, as `"+1 day"`, `"-2 weeks"`, `"tomorrow noon"`, `"first day of next month"` or `"next friday"` say.
 *
 * @param zone Whose days and hours are meant.
 * @throws {ValueFault} when the modifier cannot be read, or leads beyond the years 1 to 9999.
 */
export function modifiedDate(date: Date, modifier: string, zone: TimeZone): Date {
  const local = localTime(date.getTime(), zone);
  let rest = modifier
    .slice(0, MAX_MODIFIER_CHARACTERS + 1)
    .trim()
    .toLowerCase();
  if (rest.length > MAX_MODIFIER_CHARACTERS) throw unreadable();
  while (rest !== "") rest = rest.slice(takeStep(local, rest)).trimStart();
  return validDate(timeOfLocal(validDate(local.getTime()).getTime(), zone));
}

function takeStep(local: Date, rest: string): number {
  for (const [pattern, move] of STEPS) {
    const match = pattern.exec(rest);
    if (match === null) continue;
    move(local, ...match.slice(1));
    return match[0].length;
  }
  throw unreadable();
}

function step(pattern: string): RegExp {
  return new RegExp(`^${pattern}(?![a-z])`);
}

function moveToMidnight(local: Date, days: number): void {
  local.setUTCHours(0, 0, 0, 0);
  local.setUTCDate(local.getUTCDate() + days);
}

function unreadable(): ValueFault {
  return new ValueFault('This text names no time. Write it as "2026-12-24 18:30", "tomorrow" or "+2 weeks".');
}
