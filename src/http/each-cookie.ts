import { TOKEN } from "./token.ts";

/**
 * Reads a Cookie header strictly, pair by pair: only space and tab are trimmed, names are tokens with no space before `=`, nothing
 * is percent-decoded. Whatever else stands there is passed over.
 *
 * Lenient readers let `\u00a0session=x` or a nameless `=session=x` pass for the cookie that a `__Host-` prefix protects.
 *
 * @param header The header; `undefined` when there is none.
 * @see RFC 6265 §4.2.1, CWE-565
 */
export function eachCookie(header: string | undefined, visit: (name: string, value: string) => void): void {
  if (header === undefined) return;
  for (const pair of header.split(";")) {
    const equals = pair.indexOf("=");
    if (equals < 1) continue;
    const name = pair.slice(skipSpace(pair, 0), equals);
    if (TOKEN.test(name)) visit(name, pair.slice(skipSpace(pair, equals + 1), skipSpaceBack(pair)));
  }
}

/** `trim()` would take away more than the two characters that may stand there. */
function skipSpace(text: string, start: number): number {
  let index = start;
  while (isSpace(text, index)) index += 1;
  return index;
}

function skipSpaceBack(text: string): number {
  let end = text.length;
  while (isSpace(text, end - 1)) end -= 1;
  return end;
}

function isSpace(text: string, index: number): boolean {
  return text[index] === " " || text[index] === "\t";
}
