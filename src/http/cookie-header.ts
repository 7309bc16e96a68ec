import { eachCookie } from "./each-cookie.ts";

export interface CookieHeader {
  /** Values as they were sent, in a record without a prototype. A name with two different values is not among them. */
  readonly values: Readonly<Record<string, string>>;
  /** Names that came with different values: someone may have tossed in a cookie from a neighbouring host. */
  readonly conflicting: ReadonlySet<string>;
}

/**
 * Reads all of a Cookie header, as strictly as `eachCookie` does.
 *
 * @param header The header; `undefined` when there is none.
 * @see RFC 6265 §4.2.1, CWE-565
 * @example
 * ```ts
 * parseCookies("theme=dark; lang=de").values.theme; // "dark"
 * parseCookies("id=1; id=2").values.id; // undefined
 * ```
 */
export function parseCookies(header: string | undefined): CookieHeader {
  const values: Record<string, string> = Object.create(null);
  const conflicting = new Set<string>();
  eachCookie(header, (name, value) => {
    if (values[name] !== undefined && values[name] !== value) conflicting.add(name);
    values[name] = value;
  });
  for (const name of conflicting) delete values[name];
  return { values, conflicting };
}
