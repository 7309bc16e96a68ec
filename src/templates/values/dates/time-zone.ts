import { toText } from "../to-text.ts";
import { ValueFault } from "../value-fault.ts";

const MINUTE_MS = 60_000;
const OFFSET = /^([+-])(\d{2}):?(\d{2})$/;
const MAX_NAME_CHARACTERS = 64;

/** How a place on earth sets its clocks. */
export interface TimeZone {
  readonly name: string;
  /** Milliseconds that its clocks are ahead of UTC at a time. */
  readonly offsetAt: (time: number) => number;
  /** `EST`; the offset where the place has no such name in English. */
  readonly abbreviationAt: (time: number) => string;
}

const UTC: TimeZone = fixedZone("UTC", 0);

/**
 * @param value The name of a time zone as `Europe/Paris`, an offset as `+02:00`. Default UTC.
 * @throws {ValueFault} when there is no such zone.
 */
export function timeZone(value: unknown): TimeZone {
  const name = toText(value);
  if (name === "" || name === "UTC") return UTC;
  const [, sign, hours, minutes] = OFFSET.exec(name) ?? [];
  if (sign !== undefined)
    return fixedZone(name, Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * MINUTE_MS);
  try {
    return namedZone(name.slice(0, MAX_NAME_CHARACTERS));
  } catch {
    throw new ValueFault('There is no such time zone. Write one as "Europe/Paris", "UTC" or "+02:00".');
  }
}

function fixedZone(name: string, offset: number): TimeZone {
  return { name, offsetAt: () => offset, abbreviationAt: () => name };
}

function namedZone(timeZone: string): TimeZone {
  const offsets = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  const abbreviationAt = (time: number): string =>
    zoneNameAt(new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "short" }), time);
  return { name: timeZone, offsetAt: (time) => offsetIn(zoneNameAt(offsets, time)), abbreviationAt };
}

function zoneNameAt(format: Intl.DateTimeFormat, time: number): string {
  return format.formatToParts(time).find(({ type }) => type === "timeZoneName")?.value ?? "";
}

/** Of `GMT`, `GMT+01:00` or, before there were zones, `GMT-00:25:21`. */
function offsetIn(zoneName: string): number {
  const [, sign, hours = 0, minutes = 0, seconds = 0] = /([+-])(\d+):(\d+)(?::(\d+))?/.exec(zoneName) ?? [];
  const ahead = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS + Number(seconds) * 1_000;
  return sign === "-" ? -ahead : ahead;
}
