import { type SerializeOptions, serialize } from "cookie";
import { Tina4Error } from "../errors.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";
import { TOKEN } from "./token.ts";

/** Browsers cap a cookie's life here, so a longer one is a mistake. */
const MAX_AGE_SECONDS = 400 * 24 * 60 * 60;
/** Browsers drop a cookie whose name and value are longer together. */
const MAX_NAME_AND_VALUE_CHARACTERS = 4096;

const VALUE = /^[!-:<-~]*$/;
const PATH = /^\/[ -:=-~]*$/;
const SAME_SITE: readonly unknown[] = ["strict", "lax", "none"];
const OPTIONS = ["domain", "expires", "httpOnly", "maxAge", "path", "sameSite", "secure"] as const;

/** The attributes of a cookie. */
export interface CookieOptions {
  /** A host that gets the cookie back, with all its subdomains. Default: only the host that was asked. */
  readonly domain?: string | undefined;
  /** The cookie is sent for paths below this one. Default `/`. */
  readonly path?: string | undefined;
  /** Seconds from now, 0 to 400 days; 0 deletes the cookie. Default: until the browser closes. */
  readonly maxAge?: number | undefined;
  /** When the cookie ends; `maxAge` wins over it. */
  readonly expires?: Date | undefined;
  /** Hides the cookie from scripts. Default true. */
  readonly httpOnly?: boolean | undefined;
  /** Sent over HTTPS only. Default: true for a request that came over HTTPS. */
  readonly secure?: boolean | undefined;
  /** Default `lax`. It is always written: Chromium sends a cookie without it on cross-site posts. */
  readonly sameSite?: "strict" | "lax" | "none" | undefined;
}

/**
 * Writes one Set-Cookie value.
 *
 * The value goes out as it stands, since it is read as it stands: a text with spaces, with `;` or beyond ASCII has
 * to be encoded first.
 *
 * @throws {Tina4Error} COOKIE_INVALID when a part holds a character that would end it, or when browsers would drop the cookie:
 *   for its name's prefix, for `SameSite=None` without Secure, or for its size.
 * @see RFC 6265bis §4.1, CWE-1275
 * @example
 * ```ts
 * serializeSetCookie("theme", "dark"); // "theme=dark; Path=/; HttpOnly; SameSite=Lax"
 * ```
 */
export function serializeSetCookie(name: string, value: string, options: CookieOptions = {}): string {
  refuseUnknownKeys("A cookie", options, OPTIONS);
  const { path = "/", httpOnly = true, sameSite = "lax", secure = false } = options;
  const cookie = { ...options, path, httpOnly, sameSite, secure };
  const problem = textProblem(name, value) ?? attributeProblem(cookie) ?? prefixProblem(name, cookie);
  if (problem !== undefined) throw invalid(name, problem);
  try {
    return serialize(name, value, { ...(cookie as SerializeOptions), encode: String });
  } catch (cause) {
    throw invalid(name, `${(cause as Error).message}.`, cause);
  }
}

function textProblem(name: string, value: string): string | undefined {
  if (!TOKEN.test(name)) return "a name has letters, digits, dashes and underscores.";
  if (typeof value !== "string" || !VALUE.test(value)) {
    return "a value has visible ASCII characters without a semicolon. Encode it first, as with encodeURIComponent.";
  }
  const length = name.length + value.length;
  return length > MAX_NAME_AND_VALUE_CHARACTERS ? `browsers drop it, ${length} characters are too many.` : undefined;
}

function attributeProblem({ maxAge, path = "/", sameSite, secure }: CookieOptions): string | undefined {
  if (maxAge !== undefined && !(Number.isInteger(maxAge) && maxAge >= 0 && maxAge <= MAX_AGE_SECONDS)) {
    return `maxAge is a whole number of seconds from 0 to ${MAX_AGE_SECONDS} (400 days), not ${maxAge}.`;
  }
  if (!PATH.test(path)) return "path starts with a slash and has no semicolon or control character.";
  if (!SAME_SITE.includes(sameSite)) return 'sameSite is "strict", "lax" or "none".';
  return sameSite === "none" && !secure ? 'sameSite: "none" needs secure: true.' : undefined;
}

/** A browser takes these names only from where nobody else could have set them. */
function prefixProblem(name: string, { secure, path, domain }: CookieOptions): string | undefined {
  const prefix = /^__(?:host|secure)-/i.exec(name)?.[0].toLowerCase();
  if (prefix === undefined) return undefined;
  if (!secure) return "its prefix needs secure: true.";
  if (prefix === "__host-" && path !== "/") return 'its prefix needs path: "/".';
  return prefix === "__host-" && domain !== undefined ? "its prefix allows no domain." : undefined;
}

function invalid(name: string, problem: string, cause?: unknown): Tina4Error {
  return new Tina4Error("COOKIE_INVALID", `Cookie ${JSON.stringify(name)}: ${problem}`, { cause });
}
