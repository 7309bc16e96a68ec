import { entriesOf } from "../entries-of.ts";
import { checkItemCount } from "../limits.ts";
import { wholeNumberOf } from "../number-of.ts";
import { ValueFault } from "../value-fault.ts";
import { entriesAt, rebuilt } from "./rebuilt.ts";

/**
 * The items of a list in lists of so many. Of a mapping it makes mappings.
 *
 * @param size 1 or more.
 * @param fill What the last list is filled up with. Default: nothing.
 */
export function batches(value: unknown, size: unknown, fill: unknown): readonly unknown[] {
  const entries = entriesOf(value);
  const count = entries.values.length;
  const width = wholeNumberOf(size, "batch");
  if (width < 1) throw new ValueFault('"batch" needs a size of 1 or more.');
  checkItemCount(count);
  const result: unknown[] = [];
  for (let from = 0; from < count; from += width) {
    const length = Math.min(width, count - from);
    const places = Array.from({ length }, (_, index) => from + index);
    result.push(rebuilt(entriesAt(entries, places)));
  }
  const missing = result.length * width - count;
  if (fill !== undefined && fill !== null && missing > 0 && entries.keys === undefined) {
    checkItemCount(width);
    result.push([...(result.pop() as readonly unknown[]), ...new Array<unknown>(missing).fill(fill)]);
  }
  return result;
}
