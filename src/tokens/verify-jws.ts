import { constantTimeEqual } from "../crypto/constant-time-equal.ts";
import { hmacSha256 } from "../crypto/hmac-sha256.ts";
import { parseJsonObject } from "./parse-json-object.ts";
import { partText } from "./part-text.ts";
import type { PurposeKeys } from "./signing-keys.ts";
import { splitToken } from "./split-token.ts";

/** Header parameters that change what the token means, in ways we do not implement (RFC 7515 §4.1.11, RFC 7797). */
const REFUSED_PARAMETERS = ["crit", "b64", "zip", "cty"];

/**
 * Verifies the outer half of a token, the signature, and says nothing about what is inside.
 *
 * The algorithm is ours to choose, never the token's: a header can only agree. Keys that a header brings along or
 * points to are not looked at.
 *
 * @param token Whatever a stranger sent.
 * @param keys The keys of the one purpose for which the token may be used.
 * @returns The payload, or `null` when the token is not a compact JWS that one of `keys` has signed for this purpose.
 * @see RFC 7515 §5.2, RFC 8725 §3.1
 */
export function verifyJws(token: unknown, keys: PurposeKeys): string | null {
  const parts = splitToken(token);
  if (parts === null) return null;
  const { header, payload, signature, signed } = parts;
  if (header !== keys.header && !isAcceptable(header, keys)) return null;
  // The signature is compared as text, so that its one canonical encoding is the only one that can match.
  if (!keys.verifying.some((key) => constantTimeEqual(hmacSha256(key, signed), signature))) return null;
  return partText(payload);
}

/** Reads a header other than the one that we write ourselves. */
function isAcceptable(encodedHeader: string, { typ, typRequired }: PurposeKeys): boolean {
  const text = partText(encodedHeader);
  const header = text === null ? null : parseJsonObject(text);
  if (header?.alg !== "HS256") return false;
  if (header.typ !== typ && (typRequired || "typ" in header)) return false;
  return !REFUSED_PARAMETERS.some((parameter) => parameter in header);
}
