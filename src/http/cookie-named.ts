import { eachCookie } from "./each-cookie.ts";

/**
 * Finds one cookie in a Cookie header: what `parseCookies` has under that name, without making a record of all.
 *
 * @param header The header; `undefined` when there is none.
 * @returns `undefined` where the name does not stand, or stands with different values.
 * @see RFC 6265 §4.2.1, CWE-565
 * @example
 * ```ts
 * cookieNamed("id", "theme=dark; id=1"); // "1"
 * cookieNamed("id", "id=1; id=2"); // undefined
 * ```
 */
export function cookieNamed(wanted: string, header: string | undefined): string | undefined {
  let found: string | undefined;
  let isConflicting = false;
  eachCookie(header, (name, value) => {
    if (name !== wanted) return;
    isConflicting ||= found !== undefined && found !== value;
    found = value;
  });
  return isConflicting ? undefined : found;
}
