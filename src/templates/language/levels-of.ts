import type { Expression } from "./expression.ts";

/**
 * Counts how many levels an expression has. It goes down level by level, since calling itself is what it protects others from.
 *
 * @param limit Where counting ends.
 * @returns At most one more than `limit`.
 */
export function levelsOf(expression: Expression, limit: number): number {
  let levels = 0;
  let level: readonly object[] = [expression];
  while (level.length > 0 && levels <= limit) {
    levels += 1;
    level = level.flatMap(partsOf);
  }
  return levels;
}

/** Also arguments and entries, which hold expressions. */
function partsOf(part: object): readonly object[] {
  return Object.values(part)
    .flat()
    .filter((value) => typeof value === "object" && value !== null);
}
