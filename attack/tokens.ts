import { createHmac, type KeyLike } from "node:crypto";
import { ATTACK_SECRET } from "./attacked-server.ts";

export interface SigningOptions {
  readonly hash?: string;
  readonly key?: KeyLike | string;
}

/** Seconds since 1970, as tokens count. */
export const nowSeconds = (): number => Math.floor(Date.now() / 1000);

/** The header of the tokens that the application issues. */
export const USUAL_HEADER: object = { alg: "HS256", typ: "JWT" };

/** Signs anything, as the application would if it could be talked into it. Text is signed as it stands. */
export function signed(
  header: unknown,
  payload: unknown,
  { hash = "sha256", key = ATTACK_SECRET }: SigningOptions = {},
): string {
  const content = `${encoded(header)}.${encoded(payload)}`;
  return `${content}.${createHmac(hash, key).update(content).digest("base64url")}`;
}

/** An access token as the application issues it, with other claims if need be. */
export function accessToken(claims: object = {}): string {
  return signed(USUAL_HEADER, { sub: 1, iat: nowSeconds(), exp: nowSeconds() + 3600, ...claims });
}

export const bearer = (token: string): string => `Authorization: Bearer ${token}`;

function encoded(value: unknown): string {
  const bytes = Buffer.isBuffer(value) ? value : Buffer.from(typeof value === "string" ? value : JSON.stringify(value));
  return bytes.toString("base64url");
}
