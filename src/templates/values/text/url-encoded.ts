import { entriesOf, isIterable } from "../entries-of.ts";
import { checkTextLength, LIMITS } from "../limits.ts";
import { toText } from "../to-text.ts";
import { ValueFault } from "../value-fault.ts";

/** How far a mapping was gone through. */
interface Walk {
  depth: number;
  left: number;
}

/** A text as a part of a URL, or a mapping as its query. @see RFC 3986 §2.3 */
export function urlEncoded(value: unknown): string {
  return isIterable(value) ? query(value, "", { depth: 0, left: LIMITS.nestedValues }) : encoded(toText(value));
}

/** `{ a: 1, b: { c: 2 } }` becomes `a=1&b[c]=2`, with the brackets encoded. */
function query(value: object, path: string, walk: Walk): string {
  const { keys, values } = entriesOf(value);
  walk.left -= values.length;
  walk.depth += 1;
  if (walk.depth > LIMITS.nesting || walk.left < 0) {
    throw new ValueFault('"url_encode" was given a mapping that is nested too deep, or holds too much.');
  }
  const parts: string[] = [];
  let length = 0;
  for (let index = 0; index < values.length; index += 1) {
    const key = toText(keys === undefined ? index : keys[index]);
    const name = path === "" ? key : `${path}[${key}]`;
    const item = values[index];
    if (item === null || item === undefined) continue;
    const part = isIterable(item) ? query(item, name, walk) : `${encoded(name)}=${encoded(queryText(item))}`;
    length += part.length;
    checkTextLength(length);
    if (part !== "") parts.push(part);
  }
  walk.depth -= 1;
  return parts.join("&");
}

function queryText(value: unknown): string {
  return value === false ? "0" : toText(value);
}

function encoded(text: string): string {
  checkTextLength(text.length);
  return encodeURIComponent(wellFormed(text)).replace(/[!'()*]/g, percentCode);
}

/** Half of a pair of surrogates has no form in UTF-8. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}

export function percentCode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
