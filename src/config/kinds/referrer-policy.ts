import type { SettingKind } from "../setting-kind.ts";
import { choice } from "./choice.ts";

const POLICIES = [
  "no-referrer",
  "no-referrer-when-downgrade",
  "origin",
  "origin-when-cross-origin",
  "same-origin",
  "strict-origin",
  "strict-origin-when-cross-origin",
  "unsafe-url",
] as const;

export type ReferrerPolicy = (typeof POLICIES)[number];

/**
 * The value of `Referrer-Policy`: one of the words that browsers know, read in any case.
 *
 * @see W3C Referrer Policy §3
 */
export const referrerPolicy: SettingKind<ReferrerPolicy> = {
  allows: () => choice.allows({ choices: POLICIES }),
  read: (text) => POLICIES.find((policy) => policy === text.toLowerCase()),
};
