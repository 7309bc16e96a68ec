import type { DatabaseValue } from "./database-value.ts";

const MAX_EXACT = BigInt(Number.MAX_SAFE_INTEGER);

/** Makes a number of a `bigint` that it can hold exactly, and leaves every other value as it is. */
export function exactNumber(value: DatabaseValue): DatabaseValue {
  return typeof value === "bigint" && value >= -MAX_EXACT && value <= MAX_EXACT ? Number(value) : value;
}
