import type { Claims } from "../claims.ts";
import { claimsInForce } from "./claims-in-force.ts";
import type { PurposeKeys } from "./signing-keys.ts";
import { verifyJws } from "./verify-jws.ts";

/**
 * Verifies a token completely: form, header, signature, purpose and times. Never throws.
 *
 * @param token Whatever a stranger sent.
 * @param keys The keys of the one purpose for which the token may be used.
 * @param now Milliseconds since 1970.
 * @returns What the token says, in objects without a prototype; `null` when it is not valid, whatever the reason.
 * @see RFC 7519 §7.2
 */
export function verifyJwt(token: unknown, keys: PurposeKeys, now: number): Claims | null {
  const payload = verifyJws(token, keys);
  return payload === null ? null : claimsInForce(payload, now);
}
