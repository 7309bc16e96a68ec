import { type Context, contextKey } from "../escaping/context.ts";

/** Whether two places of a page are one, as far as escaping goes. */
export function isSamePlace(one: Context, other: Context): boolean {
  return one === other || contextKey(one) === contextKey(other);
}
