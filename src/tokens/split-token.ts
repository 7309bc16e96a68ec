/** Longer tokens are refused before anything is computed over them, and are never signed. */
export const MAX_TOKEN_LENGTH = 8192;

export interface TokenParts {
  readonly header: string;
  readonly payload: string;
  readonly signature: string;
  /** What the signature is over: header and payload, with the dot between them. */
  readonly signed: string;
}

/**
 * Cuts a token at its dots, whatever stands between them.
 *
 * @param token Whatever a stranger sent.
 * @returns `null` when it is no text, longer than {@link MAX_TOKEN_LENGTH}, or not three parts.
 * @see RFC 7515 §7.1
 */
export function splitToken(token: unknown): TokenParts | null {
  if (typeof token !== "string" || token.length > MAX_TOKEN_LENGTH) return null;
  const first = token.indexOf(".");
  const second = token.indexOf(".", first + 1);
  if (second === -1 || token.includes(".", second + 1)) return null;
  return {
    header: token.slice(0, first),
    payload: token.slice(first + 1, second),
    signature: token.slice(second + 1),
    signed: token.slice(0, second),
  };
}
