import { escapeScriptString, escapeScriptValue } from "../escapers/escape-json.ts";
import { UnsafePlace } from "../unsafe-place.ts";
import type { Language } from "./language.ts";
import { readScriptCode } from "./script-code.ts";
import { type Expectation, endWord, JOINED_WORD, lost, type ScriptState } from "./script-state.ts";

const OPERATOR_MISSING =
  "A value can only stand where an expression begins, as after =, (, [, a comma or return. Put an operator or a comma in front of it.";
const BRANCHES_DIFFER =
  "The branches before leave the script in different places, so that nobody can say how to encode this. Print one value for the whole expression.";
const RAW_BEFORE = "After |raw in a script nobody can say how to encode this. Print it in a script of its own.";

/** JavaScript: values are printed where an expression may begin, and into strings. */
export const SCRIPT_LANGUAGE: Language<ScriptState> = {
  read(state, character) {
    switch (state.mode) {
      case "code":
        return readScriptCode(state, character);
      case "single":
      case "double":
        return readString(state, character, state.mode === "single" ? "'" : '"');
      case "template":
        return readTemplate(state, character);
      case "regex":
        return readRegex(state, character);
      case "lineComment":
        return /[\n\r\u2028\u2029]/.test(character) ? { ...state, mode: "code" } : state;
      case "blockComment":
        if (state.pending === "*" && character === "/") return { ...state, mode: "code", pending: "" };
        return { ...state, pending: character === "*" ? "*" : "" };
      case "lost":
        return state;
    }
  },

  print(state) {
    if (state.mode === "single" || state.mode === "double") {
      if (state.pending !== "") throw new UnsafePlace("No value may follow a backslash. Leave the backslash out.");
      return { after: state, escape: escapeScriptString };
    }
    if (state.mode !== "code" || state.pending === "/") throw new UnsafePlace(problemOf(state));
    const { expects } = endWord(state);
    if (expects !== "expression" && expects !== "either") throw new UnsafePlace(OPERATOR_MISSING);
    const after: ScriptState = { ...state, expects: "operator", word: "", pending: "" };
    const touches = state.word !== "" || state.pending !== "";
    return touches ? { after, escape: escapeScriptValue, before: " " } : { after, escape: escapeScriptValue };
  },

  raw: (state) => (state.mode === "code" ? lost(RAW_BEFORE) : { ...state, pending: "" }),

  join(one, other) {
    if (one.mode === "lost") return one;
    if (other.mode === "lost") return other;
    if (one.mode !== other.mode || one.nesting !== other.nesting || one.mode !== "code") return lost(BRANCHES_DIFFER);
    if (one.pending === "/" || other.pending === "/") return lost(BRANCHES_DIFFER);
    const isSameWord = one.word === other.word;
    const [left, right] = isSameWord ? [one, other] : [endWord(one), endWord(other)];
    return {
      ...one,
      expects: left.expects === right.expects ? left.expects : joinExpectations(left.expects, right.expects),
      word: isSameWord ? one.word : JOINED_WORD,
      pending: one.pending === other.pending ? one.pending : "",
    };
  },
};

function joinExpectations(one: Expectation, other: Expectation): Expectation {
  const isKnown = [one, other].every((expects) => /^(?:expression|operator|either)$/.test(expects));
  return isKnown ? "either" : "unclear";
}

function readString(state: ScriptState, character: string, quote: string): ScriptState {
  if (state.pending === "\\") return { ...state, pending: "" };
  if (character === "\\") return { ...state, pending: "\\" };
  if (character === quote) return { ...state, mode: "code", expects: "operator" };
  return /[\n\r]/.test(character) ? lost("A string before is not closed on its line. Close it.") : state;
}

function readTemplate(state: ScriptState, character: string): ScriptState {
  if (state.pending === "\\") return { ...state, pending: "" };
  if (character === "`") {
    return { ...state, mode: "code", expects: "operator", pending: "", nesting: state.nesting.slice(0, -1) };
  }
  if (state.pending === "$" && character === "{") {
    return { ...state, mode: "code", expects: "expression", pending: "" };
  }
  return { ...state, pending: /[\\$]/.test(character) ? character : "" };
}

function readRegex(state: ScriptState, character: string): ScriptState {
  if (state.pending === "\\") return { ...state, pending: "" };
  if (/[\n\r\u2028\u2029]/.test(character))
    return lost("A regular expression before is not closed on its line. Close it.");
  switch (character) {
    case "\\":
      return { ...state, pending: "\\" };
    case "[":
    case "]":
      return { ...state, isInClass: character === "[" };
    case "/":
      // Its flags are a word that means nothing.
      return state.isInClass ? state : { ...state, mode: "code", expects: "name", word: "/" };
  }
  return state;
}

function problemOf({ mode, why }: ScriptState): string {
  switch (mode) {
    case "template":
      return "No value is safe in a template literal. Put it into a constant before, as in const name = {{ name }};, and join strings with +.";
    case "regex":
      return "No value is safe in a regular expression. Put it into a constant before, and give that to new RegExp.";
    case "lineComment":
    case "blockComment":
      return "No value is printed into a comment of a script. Take it out of the comment.";
    case "lost":
      return why;
  }
  return "After this slash nobody can say whether a regular expression begins. Put a space and an operand behind it, or use a constant.";
}
