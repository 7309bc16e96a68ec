import type { DatabaseValue } from "../database-value.ts";
import { exactNumber } from "../exact-number.ts";

/** The types of columns whose text is read as something else, by their numbers in the catalogue of every PostgreSQL. */
const READERS: ReadonlyMap<number, (text: string) => DatabaseValue> = new Map<number, (text: string) => DatabaseValue>([
  [16, (text) => text === "t"], // boolean
  [17, bytesOf], // bytea
  [20, (text) => exactNumber(BigInt(text))], // bigint
  [21, Number], // smallint
  [23, Number], // integer
  [26, Number], // oid
  [700, Number], // real
  [701, Number], // double precision
  [1184, isoTime], // timestamp with time zone
]);

const UTC_TIME = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?\+00$/;
const MILLISECOND_DIGITS = 3;

/** How a value is sent: as text, from which the server makes what the statement needs at that place. */
export function postgresValue(value: DatabaseValue): string | null {
  if (value instanceof Uint8Array) {
    return `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex")}`;
  }
  return value === null ? null : String(value);
}

/** Tells how the text of a column is read. What a JavaScript value could not hold exactly stays text: `numeric`, `json`, dates. */
export function columnReader(typeId: number): (text: string) => DatabaseValue {
  return READERS.get(typeId) ?? ((text) => text);
}

function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.slice("\\x".length), "hex"));
}

/** As `toISOString()` writes it, so that it comes back as it was stored; microseconds stay. Years of five digits, or BC, stay as they are. */
function isoTime(text: string): string {
  const [, date, time, fraction = ""] = UTC_TIME.exec(text) ?? [];
  return date === undefined ? text : `${date}T${time}.${fraction.padEnd(MILLISECOND_DIGITS, "0")}Z`;
}
