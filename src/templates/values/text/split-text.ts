import { charactersOf } from "../characters.ts";
import { checkItemCount } from "../limits.ts";

/**
 * The parts of a text between its delimiters.
 *
 * @param limit At most so many parts, the last one with all that remains; a negative one leaves out so many parts at the end.
 * Without a delimiter: how many characters a part has.
 */
export function splitText(text: string, delimiter: string, limit: number | undefined): readonly string[] {
  if (delimiter === "") return chunks(text, Math.max(1, limit ?? 1));
  const parts = partsOf(text, delimiter, limit === undefined || limit < 0 ? Infinity : Math.max(1, limit));
  return limit !== undefined && limit < 0 ? parts.slice(0, limit) : parts;
}

function partsOf(text: string, delimiter: string, most: number): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  while (parts.length < most - 1) {
    const to = text.indexOf(delimiter, from);
    if (to < 0) break;
    parts.push(text.slice(from, to));
    checkItemCount(parts.length + 1);
    from = to + delimiter.length;
  }
  return [...parts, text.slice(from)];
}

function chunks(text: string, size: number): readonly string[] {
  checkItemCount(Math.ceil(text.length / size / 2));
  const characters = charactersOf(text);
  const parts: string[] = [];
  for (let at = 0; at < characters.length; at += size) parts.push(characters.slice(at, at + size).join(""));
  checkItemCount(parts.length);
  return parts;
}
