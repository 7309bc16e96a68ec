import type { Settings } from "./settings.ts";

/** How many processes shall serve. In debug it is one, which is replaced when a file changes. */
export function workersOf({ TINA4_DEBUG, TINA4_WORKERS }: Pick<Settings, "TINA4_DEBUG" | "TINA4_WORKERS">): number {
  return TINA4_DEBUG ? 1 : TINA4_WORKERS;
}
