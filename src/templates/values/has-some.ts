import { isTruthy } from "./is-truthy.ts";
import { arrowWalk } from "./lists/arrow-walk.ts";

/** `value has some arrow` */
export function hasSome(value: unknown, arrow: unknown): boolean {
  const { values, ask } = arrowWalk(value, arrow, "has some");
  return values.some((_, index) => isTruthy(ask(index)));
}

/** `value has every arrow` */
export function hasEvery(value: unknown, arrow: unknown): boolean {
  const { values, ask } = arrowWalk(value, arrow, "has every");
  return values.every((_, index) => isTruthy(ask(index)));
}
