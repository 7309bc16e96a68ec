import { isUtf8 } from "node:buffer";
import { decodeBase64url } from "../crypto/base64url.ts";

/**
 * The text that a part of a token stands for.
 *
 * @param part What a stranger sent.
 * @returns `null` unless it is the canonical base64url of UTF-8.
 * @see RFC 7515 §3.1
 */
export function partText(part: string): string | null {
  const bytes = decodeBase64url(part);
  return bytes !== null && isUtf8(bytes) ? bytes.toString() : null;
}
