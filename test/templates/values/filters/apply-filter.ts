import { Arrow } from "../../../../src/templates/values/arrow.ts";
import type { Surroundings } from "../../../../src/templates/values/callable.ts";
import { FILTERS } from "../../../../src/templates/values/filters.ts";

/** A Sunday evening in November. */
export const NOW: number = Date.UTC(2026, 10, 22, 20, 38, 31, 45);

const SURROUNDINGS: Surroundings = { now: () => NOW, random: () => 0.5 };

/** What a filter makes of a value. */
export function applyFilter(name: string, value: unknown, ...args: readonly unknown[]): unknown {
  const filter = FILTERS[name];
  if (filter === undefined) throw new Error(`There is no filter "${name}".`);
  return filter.call([value, ...args], SURROUNDINGS);
}

/** A function as the compiler makes it of an arrow. The values that it is called with are any. */
export function arrow(body: (...values: readonly never[]) => unknown): Arrow {
  return new Arrow(body as (...values: readonly unknown[]) => unknown);
}
