import { ValueFault } from "../value-fault.ts";

const FIRST = Date.parse("0001-01-01T00:00:00Z");
const LAST = Date.parse("9999-12-31T23:59:59.999Z");

/** @param time Milliseconds since 1970. @throws {ValueFault} when it is no time of the years 1 to 9999. */
export function validDate(time: number): Date {
  if (time >= FIRST && time <= LAST) return new Date(time);
  throw new ValueFault("This is no date of the years 1 to 9999.");
}
