import type { Entries } from "../entries-of.ts";
import { type Mapping, mappingOf } from "../mapping-of.ts";

/** A list of a list's entries, a mapping of a mapping's: what a filter made of a value is of its kind. */
export function rebuilt({ keys, values }: Entries): readonly unknown[] | Mapping {
  return keys === undefined ? values : mappingOf(keys, values);
}

/** The entries at some places, in that order. */
export function entriesAt({ keys, values }: Entries, places: readonly number[]): Entries {
  return { keys: keys && places.map((place) => keys[place]), values: places.map((place) => values[place]) };
}

/** The same entries, those of a list under their numbers. */
export function withKeys({ keys, values }: Entries): Entries {
  return { keys: keys ?? Array.from(values, (_, index) => index), values };
}
