import type { Claims } from "../claims.ts";
import { areTimesValid } from "./are-times-valid.ts";
import { parseJsonObject } from "./parse-json-object.ts";

/**
 * Reads the payload of a token whose signature is good.
 *
 * @param now Milliseconds since 1970.
 * @returns What it says, in new objects without a prototype; `null` when it is no object, or not in force now.
 */
export function claimsInForce(payload: string, now: number): Claims | null {
  const claims = parseJsonObject(payload);
  return claims && areTimesValid(claims, now) ? claims : null;
}
