import { TOKEN } from "../http/token.ts";

/**
 * Reads `Sec-WebSocket-Protocol`, in time that grows with its length and no faster.
 *
 * @param header As it came, lines of this name joined by commas; `undefined` without one.
 * @returns The subprotocols in the client's order; `null` when one is no token, or stands twice.
 * @see RFC 6455 §4.1, CWE-1333
 */
export function offeredProtocols(header: string | undefined): readonly string[] | null {
  if (header === undefined) return [];
  const names = header.split(",").map(trim);
  return new Set(names).size === names.length && names.every((name) => TOKEN.test(name)) ? names : null;
}

/** A regular expression for space at the end looks at every space again from each one. */
function trim(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isSpace(text, start)) start += 1;
  while (end > start && isSpace(text, end - 1)) end -= 1;
  return text.slice(start, end);
}

function isSpace(text: string, index: number): boolean {
  return text[index] === " " || text[index] === "\t";
}
