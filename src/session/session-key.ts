import { sha256 } from "../crypto/sha256.ts";

/** 256 random bits. */
export const SESSION_ID_BYTES = 32;

const SESSION_ID = /^[A-Za-z0-9_-]{43}$/;

/** Whether a cookie could be an id of ours; only the store knows whether it is. */
export function isSessionId(text: string): boolean {
  return SESSION_ID.test(text);
}

/** Under which key a session is stored. The id cannot be learned from it, so a stolen store opens no session. */
export function sessionKey(id: string): string {
  return `session:${sha256(id, "base64url")}`;
}
