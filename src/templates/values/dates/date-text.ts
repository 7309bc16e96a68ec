import { checkTextLength } from "../limits.ts";
import { localTime } from "./local-time.ts";
import type { TimeZone } from "./time-zone.ts";

/** More than any letter stands for. */
const MAX_PART_CHARACTERS = 64;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MONTHS = "January February March April May June July August September October November December".split(" ");
const DAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");
const ISO_DATE_TIME = "Y-m-d\\TH:i:sP";
const MAIL_DATE_TIME = "D, d M Y H:i:s O";

interface Moment {
  readonly time: number;
  readonly zone: TimeZone;
  /** Its UTC fields are what the clocks of the zone show. */
  readonly local: Date;
}

type Part = (moment: Moment) => string | number;

/** What each letter of a format stands for, as in PHP. */
const PARTS: ReadonlyMap<string, Part> = new Map<string, Part>([
  ["d", ({ local }) => two(local.getUTCDate())],
  ["D", ({ local }) => dayName(local).slice(0, 3)],
  ["j", ({ local }) => local.getUTCDate()],
  ["l", ({ local }) => dayName(local)],
  ["N", ({ local }) => local.getUTCDay() || 7],
  ["S", ({ local }) => ordinalSuffix(local.getUTCDate())],
  ["w", ({ local }) => local.getUTCDay()],
  ["z", ({ local }) => dayOfYear(local)],
  ["W", ({ local }) => two(Math.floor(dayOfYear(weekThursday(local)) / 7) + 1)],
  ["F", ({ local }) => monthName(local)],
  ["m", ({ local }) => two(local.getUTCMonth() + 1)],
  ["M", ({ local }) => monthName(local).slice(0, 3)],
  ["n", ({ local }) => local.getUTCMonth() + 1],
  ["t", ({ local }) => dayOf(local.getUTCFullYear(), local.getUTCMonth() + 1, 0).getUTCDate()],
  ["L", ({ local }) => Number(dayOf(local.getUTCFullYear(), 1, 29).getUTCMonth() === 1)],
  ["o", ({ local }) => weekThursday(local).getUTCFullYear()],
  ["Y", ({ local }) => String(local.getUTCFullYear()).padStart(4, "0")],
  ["y", ({ local }) => two(local.getUTCFullYear() % 100)],
  ["a", ({ local }) => (local.getUTCHours() < 12 ? "am" : "pm")],
  ["A", ({ local }) => (local.getUTCHours() < 12 ? "AM" : "PM")],
  ["g", ({ local }) => local.getUTCHours() % 12 || 12],
  ["G", ({ local }) => local.getUTCHours()],
  ["h", ({ local }) => two(local.getUTCHours() % 12 || 12)],
  ["H", ({ local }) => two(local.getUTCHours())],
  ["i", ({ local }) => two(local.getUTCMinutes())],
  ["s", ({ local }) => two(local.getUTCSeconds())],
  ["u", ({ local }) => `${three(local.getUTCMilliseconds())}000`],
  ["v", ({ local }) => three(local.getUTCMilliseconds())],
  ["e", ({ zone }) => zone.name],
  ["I", (moment) => Number(isSummerTime(moment))],
  ["O", (moment) => offsetText(moment, "")],
  ["P", (moment) => offsetText(moment, ":")],
  ["p", (moment) => (offsetOf(moment) === 0 ? "Z" : offsetText(moment, ":"))],
  ["T", ({ time, zone }) => zone.abbreviationAt(time)],
  ["Z", (moment) => offsetOf(moment) / 1_000],
  ["U", ({ time }) => Math.floor(time / 1_000)],
  ["c", (moment) => filled(ISO_DATE_TIME, moment)],
  ["r", (moment) => filled(MAIL_DATE_TIME, moment)],
]);

/**
 * A date as text. A backslash makes the letter behind it stand for itself.
 *
 * @param format PHP's letters: `"F j, Y H:i"`.
 * @see https://www.php.net/manual/en/datetime.format.php
 */
export function dateText(date: Date, format: string, zone: TimeZone): string {
  checkTextLength(format.length * MAX_PART_CHARACTERS);
  const time = date.getTime();
  return filled(format, { time, zone, local: localTime(time, zone) });
}

function filled(format: string, moment: Moment): string {
  return format.replace(/\\?./gsu, (letter) =>
    letter.length > 1 ? letter.slice(1) : String(PARTS.get(letter)?.(moment) ?? letter),
  );
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}

function three(number: number): string {
  return String(number).padStart(3, "0");
}

function dayName(local: Date): string {
  return DAYS[local.getUTCDay()] ?? "";
}

function monthName(local: Date): string {
  return MONTHS[local.getUTCMonth()] ?? "";
}

function ordinalSuffix(day: number): string {
  if (day >= 11 && day <= 13) return "th";
  return ["th", "st", "nd", "rd"][day % 10] ?? "th";
}

/** `Date.UTC` takes the year 99 for 1999. */
function dayOf(year: number, month: number, day: number): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return date;
}

function dayOfYear(local: Date): number {
  return Math.floor((local.getTime() - dayOf(local.getUTCFullYear(), 0, 1).getTime()) / DAY_MS);
}

/** A week belongs to the year of its Thursday. @see ISO 8601 */
function weekThursday(local: Date): Date {
  return new Date(local.getTime() + (4 - (local.getUTCDay() || 7)) * DAY_MS);
}

function offsetOf({ time, zone }: Moment): number {
  return zone.offsetAt(time);
}

function offsetText(moment: Moment, separator: string): string {
  const offset = offsetOf(moment);
  const minutes = Math.floor((Math.abs(offset) % HOUR_MS) / 60_000);
  return `${offset < 0 ? "-" : "+"}${two(Math.floor(Math.abs(offset) / HOUR_MS))}${separator}${two(minutes)}`;
}

function isSummerTime({ local, zone, time }: Moment): boolean {
  const year = local.getUTCFullYear();
  const standard = Math.min(zone.offsetAt(Date.UTC(year, 0)), zone.offsetAt(Date.UTC(year, 6)));
  return zone.offsetAt(time) > standard;
}
