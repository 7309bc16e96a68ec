import { escapeStyleString, escapeStyleValue } from "../escapers/escape-style-value.ts";
import { UnsafePlace } from "../unsafe-place.ts";
import type { Language } from "./language.ts";

export interface StyleState {
  readonly language: "style";
  /** `lost`: branches or a construct came before, after which nobody can say what stands where. */
  readonly mode: "code" | "single" | "double" | "comment" | "url" | "lost";
  /** Before or after the colon of a declaration. */
  readonly position: "name" | "value" | "either";
  /** How many braces are open; the style attribute stands inside of one. */
  readonly depth: number;
  readonly parentheses: number;
  readonly isAtRule: boolean;
  /** The word being read; `PRINTED` stands in it for a value. */
  readonly word: string;
  /** A backslash, slash or star that the next character may belong to. */
  readonly pending: "" | "\\" | "/" | "*";
}

const PRINTED = "\0";

export const STYLE_SHEET_START: StyleState = {
  language: "style",
  mode: "code",
  position: "name",
  depth: 0,
  parentheses: 0,
  isAtRule: false,
  word: "",
  pending: "",
};
export const STYLE_ATTRIBUTE_START: StyleState = { ...STYLE_SHEET_START, depth: 1 };

/** CSS: values are printed into the value of a declaration, and into strings that name nothing to load. */
export const STYLE_LANGUAGE: Language<StyleState> = {
  read(state, character) {
    switch (state.mode) {
      case "code":
        return readCode(state, character);
      case "single":
      case "double":
        return readString(state, character, state.mode === "single" ? "'" : '"');
      case "comment":
        if (state.pending === "*" && character === "/") return { ...state, mode: "code", pending: "" };
        return { ...state, pending: character === "*" ? "*" : "" };
      case "url":
        return readUrl(state, character);
      case "lost":
        return state;
    }
  },

  print(state) {
    if (state.mode === "single" || state.mode === "double") {
      if (state.pending !== "") throw new UnsafePlace("No value may follow a backslash. Leave the backslash out.");
      if (state.parentheses > 0 || state.isAtRule) {
        throw new UnsafePlace(
          "This string may name something to load. Use an img element, or write the name yourself.",
        );
      }
      return { after: state, escape: escapeStyleString };
    }
    const isValue = state.parentheses > 0 || (state.position === "value" && state.depth > 0 && !state.isAtRule);
    if (state.mode !== "code" || state.pending === "\\" || !isValue) throw new UnsafePlace(problemOf(state));
    const after: StyleState = { ...state, word: state.word + PRINTED, pending: "" };
    return state.pending === "/"
      ? { after, escape: escapeStyleValue, before: " " }
      : { after, escape: escapeStyleValue };
  },

  raw: (state) =>
    state.mode === "code" ? { ...state, position: "either", word: PRINTED, pending: "" } : { ...state, pending: "" },

  join(one, other) {
    const isAlike = (["mode", "depth", "parentheses", "isAtRule", "pending"] as const).every(
      (key) => one[key] === other[key],
    );
    if (!isAlike) return { ...STYLE_SHEET_START, mode: "lost" };
    return {
      ...one,
      position: one.position === other.position ? one.position : "either",
      word: one.word === other.word ? one.word : PRINTED,
    };
  },
};

function readCode(state: StyleState, character: string): StyleState {
  if (state.pending === "\\") return { ...state, pending: "", word: `${state.word}\\${character}` };
  if (state.pending === "/") {
    const rest: StyleState = { ...state, pending: "" };
    return character === "*" ? { ...rest, mode: "comment" } : readCode(rest, character);
  }
  switch (character) {
    case "\\":
    case "/":
      return { ...state, pending: character, word: character === "/" ? "" : state.word };
    case '"':
    case "'":
      return { ...state, mode: character === '"' ? "double" : "single", word: "" };
    case "(":
      return openParenthesis(state);
    case ")":
      return { ...state, parentheses: Math.max(0, state.parentheses - 1), word: "" };
    case "{":
    case "}":
      return {
        ...state,
        depth: Math.max(0, state.depth + (character === "{" ? 1 : -1)),
        position: "name",
        parentheses: 0,
        isAtRule: false,
        word: "",
      };
    case ";":
      return state.parentheses > 0 ? { ...state, word: "" } : { ...state, position: "name", isAtRule: false, word: "" };
    case ":":
      return { ...state, position: "value", word: "" };
    case "@":
      return { ...state, isAtRule: true, word: "" };
  }
  return { ...state, word: /[\w\u0080-\uFFFF-]/.test(character) ? state.word + character : "" };
}

/** `url(` without a quote is a token of its own, in which a bracket or quote means nothing. */
function openParenthesis(state: StyleState): StyleState {
  if (state.word.includes(PRINTED) || state.word.includes("\\")) return { ...state, mode: "lost" };
  if (state.word.toLowerCase() === "url") return { ...state, mode: "url", word: "" };
  return { ...state, parentheses: state.parentheses + 1, word: "" };
}

function readUrl(state: StyleState, character: string): StyleState {
  if (state.pending === "\\") return { ...state, pending: "" };
  if (character === "\\") return { ...state, pending: "\\", word: "begun" };
  if (character === ")") return { ...state, mode: "code", word: "" };
  if (/\s/.test(character)) return state;
  if (state.word === "" && /["']/.test(character)) {
    return readCode({ ...state, mode: "code", parentheses: state.parentheses + 1 }, character);
  }
  return { ...state, word: "begun" };
}

function readString(state: StyleState, character: string, quote: string): StyleState {
  if (state.pending === "\\") return { ...state, pending: "" };
  if (character === "\\") return { ...state, pending: "\\" };
  if (character === quote) return { ...state, mode: "code" };
  return /[\n\f\r]/.test(character) ? { ...state, mode: "lost" } : state;
}

function problemOf({ mode, position, pending }: StyleState): string {
  if (mode === "comment") return "No value is printed into a comment of CSS. Take it out of the comment.";
  if (mode === "url") return "No value is safe in url(…) of CSS. Use an img element, or write the URL yourself.";
  if (pending === "\\") return "No value may follow a backslash. Leave the backslash out.";
  if (mode === "lost" || position === "either") {
    return "What stands before leaves open whether this is a name or a value of CSS. End each branch with a semicolon.";
  }
  return 'Only values of CSS can be printed, not properties, selectors or whole declarations. Write the name yourself, as in style="width: {{ width }}px".';
}
