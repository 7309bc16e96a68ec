import type { Callable } from "./callable.ts";

/** One table of several. It has no prototype, so that `{{ x|constructor }}` finds nothing. */
export function callableTable(
  ...parts: readonly Readonly<Record<string, Callable>>[]
): Readonly<Record<string, Callable>> {
  return Object.freeze(Object.assign(Object.create(null), ...parts));
}
