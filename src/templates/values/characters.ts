const PAIR = /[\ud800-\udbff][\udc00-\udfff]/;

/** Texts as people count them: what UTF-16 writes as a pair is one character, and is never torn apart. */
export function characterCount(text: string): number {
  if (!PAIR.test(text)) return text.length;
  let count = 0;
  for (let at = 0; at < text.length; at = after(text, at)) count += 1;
  return count;
}

export function charactersOf(text: string): readonly string[] {
  return PAIR.test(text) ? Array.from(text) : text.split("");
}

/** @param from First character, 0 or more. @param to The one behind the last. */
export function sliceCharacters(text: string, from: number, to: number): string {
  if (!PAIR.test(text)) return text.slice(from, to);
  const start = skip(text, 0, from);
  return text.slice(start, skip(text, start, to - from));
}

function skip(text: string, start: number, characters: number): number {
  let at = start;
  for (let left = characters; left > 0 && at < text.length; left -= 1) at = after(text, at);
  return at;
}

function after(text: string, at: number): number {
  return at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
}
