import { types } from "node:util";
import { Markup } from "../../markup.ts";
import { kindOf } from "../kind-of.ts";
import { numberIn } from "../number-of.ts";
import { ValueFault } from "../value-fault.ts";
import { timeOfLocal } from "./local-time.ts";
import { modifiedDate } from "./modified-date.ts";
import type { TimeZone } from "./time-zone.ts";
import { validDate } from "./valid-date.ts";

/** The end of the year 9999. What is later was most likely counted in milliseconds. */
const LAST_SECOND = 253_402_300_799;
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?(?: ?(?:(Z|UTC)|([+-])(\d{2}):?(\d{2})?))?$/i;

/**
 * A value as a date: a `Date`, seconds since 1970, `"2026-12-24 18:30"`, `"now"`, `"tomorrow"`, `"+1 day"`; null is now.
 *
 * @param now Milliseconds since 1970.
 * @param zone Where a text without a zone was written.
 * @throws {ValueFault} when it names no time.
 */
export function dateOf(value: unknown, now: number, zone: TimeZone): Date {
  if (value === null || value === undefined) return new Date(now);
  if (types.isDate(value)) return validDate(Date.prototype.getTime.call(value));
  if (typeof value === "number" || typeof value === "bigint") return dateOfSeconds(Number(value));
  if (typeof value === "string" || Markup.is(value)) return dateOfText(String(value).trim(), now, zone);
  throw new ValueFault(`A date is a Date, a text or seconds since 1970, not ${kindOf(value)}.`);
}

function dateOfSeconds(seconds: number): Date {
  if (!(Math.abs(seconds) > LAST_SECOND)) return validDate(seconds * 1_000);
  throw new ValueFault("As a date, a number is seconds since 1970. Give a Date, or divide milliseconds by 1000.");
}

function dateOfText(text: string, now: number, zone: TimeZone): Date {
  if (/^-?\d+$/.test(text)) return dateOfSeconds(Number(numberIn(text) ?? Number.NaN));
  const match = ISO.exec(text);
  return match === null ? modifiedDate(new Date(now), text, zone) : dateOfIso(match, zone);
}

/** @see RFC 3339 §5.6 */
function dateOfIso(match: RegExpExecArray, zone: TimeZone): Date {
  const [, year, month, day, hour = "00", minute = "00", second = "00", fraction = "", utc, sign, ahead, minutes] =
    match;
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, "0")}Z`;
  const local = new Date(written);
  // JavaScript takes the 31st of February for a day in March.
  if (Number.isNaN(local.getTime()) || local.getUTCDate() !== Number(day)) return validDate(Number.NaN);
  if (utc !== undefined) return local;
  if (sign === undefined) return validDate(timeOfLocal(local.getTime(), zone));
  const offset = (Number(ahead) * 60 + Number(minutes ?? 0)) * 60_000;
  return validDate(local.getTime() - (sign === "-" ? -offset : offset));
}
