import { randomId } from "../crypto/random-id.ts";
import { sha256 } from "../crypto/sha256.ts";
import { signJwt } from "../tokens/sign-jwt.ts";
import type { PurposeKeys } from "../tokens/signing-keys.ts";
import { verifyJwt } from "../tokens/verify-jwt.ts";

const ID_BYTES = 32;

/** What a store may know of a refresh token: enough to recognise it, too little to present it. */
export interface RefreshToken {
  readonly familyId: string;
  readonly digest: string;
}

/** @param expiresAt When its family ends: milliseconds since 1970. */
export function mintRefreshToken(
  familyId: string,
  expiresAt: number,
  keys: PurposeKeys,
): RefreshToken & { readonly text: string } {
  const jti = randomId(ID_BYTES);
  const text = signJwt({ jti, family: familyId, exp: Math.floor(expiresAt / 1000) }, keys);
  return { text, familyId, digest: digestOf(jti) };
}

/**
 * Reads what somebody presented as a refresh token. Never throws, and asks no store: what is not signed by us costs none.
 *
 * @param token Anything at all.
 * @param now Milliseconds since 1970.
 */
export function readRefreshToken(token: unknown, keys: PurposeKeys, now: number): RefreshToken | null {
  const claims = verifyJwt(token, keys, now);
  if (typeof claims?.jti !== "string" || typeof claims.family !== "string") return null;
  return { familyId: claims.family, digest: digestOf(claims.jti) };
}

function digestOf(jti: string): string {
  return sha256(jti, "base64url");
}
