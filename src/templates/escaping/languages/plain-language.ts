import { escapeQuoted } from "../escapers/escape-html.ts";
import { escapeStyleValue } from "../escapers/escape-style-value.ts";
import { UnsafePlace } from "../unsafe-place.ts";
import type { Language } from "./language.ts";

export interface PlainState {
  /**
   * `plain`: text for people, or for programs that run none of it; `words`: only words and numbers; `refused`: nothing is safe.
   */
  readonly language: "plain" | "words" | "refused";
  /** Why nothing is safe, and what to write instead. */
  readonly problem: string;
}

export const PLAIN: PlainState = { language: "plain", problem: "" };
export const WORDS: PlainState = { language: "words", problem: "" };

export function refused(problem: string): PlainState {
  return { language: "refused", problem };
}

/** Texts that have no language of their own to follow. */
export const PLAIN_LANGUAGE: Language<PlainState> = {
  read: (state) => state,

  print(state) {
    if (state.language === "refused") throw new UnsafePlace(state.problem);
    return { after: state, escape: state.language === "plain" ? escapeQuoted : escapeStyleValue };
  },

  raw: (state) => state,

  join: () => undefined,
};
