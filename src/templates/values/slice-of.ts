import { characterCount, sliceCharacters } from "./characters.ts";
import { entriesOf, isIterable } from "./entries-of.ts";
import { mappingOf } from "./mapping-of.ts";
import { wholeNumberOf } from "./number-of.ts";
import { toText } from "./to-text.ts";

/**
 * A part of a text, list or mapping, as `value[start:length]` and `|slice(start, length)` name it.
 *
 * @param start From 0; a negative one counts from the end. Default 0.
 * @param length How many; a negative one says how many to leave out at the end. Default: all that remain.
 */
export function sliceOf(value: unknown, start?: unknown, length?: unknown): unknown {
  if (!isIterable(value)) {
    const text = toText(value);
    const [from, to] = boundsOf(characterCount(text), start, length);
    return sliceCharacters(text, from, to);
  }
  const { keys, values } = entriesOf(value);
  const [from, to] = boundsOf(values.length, start, length);
  const part = values.slice(from, to);
  return keys === undefined ? part : mappingOf(keys.slice(from, to), part);
}

function boundsOf(size: number, start: unknown, length: unknown): readonly [from: number, to: number] {
  const first = wholeNumberOf(start ?? 0, "slice");
  const from = first < 0 ? Math.max(0, size + first) : Math.min(first, size);
  const count = wholeNumberOf(length ?? size, "slice");
  const to = count < 0 ? size + count : Math.min(from + count, size);
  return [from, Math.max(from, to)];
}
