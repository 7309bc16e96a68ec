/** One slash and then visible ASCII: browsers take a backslash for a slash, and drop tabs and line ends before they look. */
const PATH_ON_THIS_SITE = /^\/(?!\/)[!-[\]-~]*$/;

/** `.` or `..` as a whole segment, also percent-encoded: `/.//evil.example` would become `//evil.example`. */
const DOT_SEGMENT = /^[^?#]*\/(?:\.|%2e){1,2}(?:[/?#]|$)/i;

/**
 * Lets a path on this site through, and nothing that a browser could take elsewhere: no scheme, `//`, `/\`, control character or
 * dot segment. The server has the same rule.
 *
 * @param path Anything at all.
 * @returns The path as it was; `null` when it is not safe to follow.
 * @see CWE-601
 */
export function safeRedirect(path: unknown): string | null {
  if (typeof path !== "string" || !PATH_ON_THIS_SITE.test(path) || DOT_SEGMENT.test(path)) return null;
  return new URL(path, location.href).origin === location.origin ? path : null;
}
