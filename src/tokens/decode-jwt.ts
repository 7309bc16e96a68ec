import type { Claims } from "../claims.ts";
import { parseJsonObject } from "./parse-json-object.ts";
import { partText } from "./part-text.ts";
import { splitToken } from "./split-token.ts";

/**
 * Reads a token **without verifying it**: anybody can have written it. Good for showing and debugging, never for
 * deciding. Never throws.
 *
 * @returns What the token says, in objects without a prototype; `null` when it cannot be read.
 */
export function decodeJwt(token: string): Claims | null {
  const parts = splitToken(token);
  const payload = parts && partText(parts.payload);
  return payload === null ? null : parseJsonObject(payload);
}
