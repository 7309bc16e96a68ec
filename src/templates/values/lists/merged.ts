import { entriesOf, isIterable, isMapping } from "../entries-of.ts";
import { kindOf } from "../kind-of.ts";
import { checkItemCount } from "../limits.ts";
import { mappingOf } from "../mapping-of.ts";
import { ValueFault } from "../value-fault.ts";
import { withKeys } from "./rebuilt.ts";

/**
 * Lists one after the other, or one mapping of all, in which the last value of a key wins.
 *
 * With a mapping among them, the items of a list have their numbers as keys.
 */
export function merged(collections: readonly unknown[]): unknown {
  const stray = collections.find((value) => !isIterable(value) && value !== null && value !== undefined);
  if (stray !== undefined) throw new ValueFault(`"merge" needs lists or mappings, and was given ${kindOf(stray)}.`);
  const all = collections.map((value) => entriesOf(value));
  checkItemCount(all.reduce((count, { values }) => count + values.length, 0));
  if (!collections.some(isMapping)) return all.flatMap(({ values }) => values);
  const byKey = new Map<unknown, unknown>();
  for (const { keys, values } of all.map(withKeys)) {
    for (let index = 0; index < values.length; index += 1) byKey.set(keys?.[index], values[index]);
  }
  return mappingOf([...byKey.keys()], [...byKey.values()]);
}
