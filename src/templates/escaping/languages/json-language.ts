import { escapeJson, escapeScriptString } from "../escapers/escape-json.ts";
import { UnsafePlace } from "../unsafe-place.ts";
import type { Language } from "./language.ts";

export interface JsonState {
  readonly language: "json";
  /** `escape`: after a backslash in a string. */
  readonly mode: "code" | "string" | "escape" | "either";
}

export const JSON_START: JsonState = { language: "json", mode: "code" };

/** JSON, as scripts that are only data hold it. */
export const JSON_LANGUAGE: Language<JsonState> = {
  read(state, character) {
    if (state.mode === "code") return character === '"' ? { ...state, mode: "string" } : state;
    if (state.mode === "escape") return { ...state, mode: "string" };
    if (state.mode === "either" || !/["\\]/.test(character)) return state;
    return { ...state, mode: character === '"' ? "code" : "escape" };
  },

  print(state) {
    if (state.mode === "code") return { after: state, escape: escapeJson };
    if (state.mode === "string") return { after: state, escape: escapeScriptString };
    throw new UnsafePlace(
      state.mode === "escape"
        ? "No value may follow a backslash. Leave the backslash out."
        : "The branches before leave open whether this stands in a string. Close the string in each branch.",
    );
  },

  raw: (state) => state,

  join: (one) => ({ ...one, mode: "either" }),
};
