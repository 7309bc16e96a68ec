import type { DatabaseValue } from "../database-value.ts";
import { exactNumber } from "../exact-number.ts";
import type { MysqlField } from "./load-mysql2.ts";

const LONGLONG = 8;

/**
 * How a value is sent: as text or bytes, from which the column makes what it needs.
 *
 * As a number it would do harm: compared with a text the server turns the text into a number as well, so that 0 equals every
 * text that begins with no digit, also a secret one.
 *
 * @see CWE-704
 */
export function mysqlValue(value: DatabaseValue): string | Buffer | null {
  if (value instanceof Uint8Array) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
  return typeof value === "boolean" ? String(Number(value)) : value === null ? null : String(value);
}

/** What a JavaScript value could not hold exactly is text already: `DECIMAL`, dates, JSON. */
export function columnValue(read: unknown, { columnType }: MysqlField): DatabaseValue {
  if (columnType === LONGLONG && read !== null) {
    return exactNumber(BigInt(read as number | string));
  }
  // The package takes its bytes from memory that it shares with others.
  return read instanceof Uint8Array ? new Uint8Array(read) : (read as DatabaseValue);
}

/** For columns that the package would turn into an object or an array. */
export function castType(field: { readonly type: string; buffer(): unknown }, next: () => unknown): unknown {
  return field.type === "GEOMETRY" || field.type === "VECTOR" ? field.buffer() : next();
}
