import { SECRET_LAST_WORD, SECRET_WORD } from "./secret-name.ts";

export const REDACTED = "[redacted]";

/** Most values of most entries are a word or a number: one look is enough for them. */
const PERHAPS_A_SECRET = /[=:,@]|eyJ|tk_|bearer|basic/i;

/** `eyJ` is how base64url begins to spell `{"`: every JSON Web Token, whole or cut, also inside an escaped URL. */
const JWT = /eyJ[\w-]{8,}[\w.-]*/g;
/** A key of `createApiKey`, whole or cut. */
const API_KEY = /\btk_[0-9a-f]{16,}/g;
const CREDENTIALS = /\b(Bearer|Basic)\s+[\w.~+/=:-]{6,}/gi;
const HEADER_LINE = /\b((?:Proxy-)?Authorization|(?:Set-)?Cookie|X-API-Key|X-Form-Token|FreshToken)(\s*:\s*)[^\r\n]*/gi;
/** Up to the last `@`: a password can hold one. */
const URL_CREDENTIALS = /\/\/[^\s/@]*@(?:[^\s/@"'<>]*@)*/g;

/** The end of a secret name; what stands in front of it does not matter. */
const NAME = `(?:(?:${SECRET_WORD})[\\w.%[\\]-]{0,32}|(?:${SECRET_LAST_WORD})[\\d_.%[\\]-]{0,32})`;
/** A quoted text, a list, an object, or a word; each may be cut off. */
const VALUE = `(?:\\\\*"(?:[^"\\\\]|\\\\.)*"?|\\\\*'(?:[^'\\\\]|\\\\.)*'?|\\[[^\\]]*\\]?|\\{[^}]*\\}?|[^\\s&;,]+)`;
/** `"password":"x"`, `'cookie', 'x'`, `token: x`; not `TokenError: x`. */
const MEMBER = new RegExp(
  `(${NAME}\\\\*["']\\s*[:,]\\s*|(?:${SECRET_WORD}|${SECRET_LAST_WORD})\\s*:\\s*)${VALUE}`,
  "gi",
);
/** `token=x`, as in queries, forms and cookies. */
const ASSIGNMENT = new RegExp(`(${NAME}=)${VALUE}`, "gi");

/**
 * Takes out of a text what lets its reader in: tokens, passwords, keys, cookies, credentials in headers and URLs.
 *
 * It knows secrets by their shape or by the name in front of them, so it is the second line of defence: the first is
 * not to log them. Time is linear in the length of the text.
 *
 * @see CWE-532
 * @example
 * ```ts
 * scrubText("GET /ws?ticket=abc failed"); // "GET /ws?ticket=[redacted] failed"
 * ```
 */
export function scrubText(text: string): string {
  if (!PERHAPS_A_SECRET.test(text)) return text;
  return text
    .replace(JWT, REDACTED)
    .replace(API_KEY, REDACTED)
    .replace(HEADER_LINE, `$1$2${REDACTED}`)
    .replace(CREDENTIALS, `$1 ${REDACTED}`)
    .replace(URL_CREDENTIALS, `//${REDACTED}@`)
    .replace(MEMBER, `$1${REDACTED}`)
    .replace(ASSIGNMENT, `$1${REDACTED}`);
}
