import type { AccessRule } from "./access-rule.ts";

/**
 * Whether strangers may change something.
 *
 * @param locks What middleware asks for before it lets anybody in: `["API key"]`.
 */
export function isPublicWrite({ unsafe, credential }: AccessRule, locks: readonly string[]): boolean {
  return unsafe && credential === "none" && locks.length === 0;
}
