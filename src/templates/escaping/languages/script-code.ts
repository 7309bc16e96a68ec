import { endWord, JOINED_WORD, lost, type ScriptState } from "./script-state.ts";

const SLASH_UNCLEAR =
  "A slash before may be a division or begin a regular expression: nobody can say without running the script. Put it into parentheses, or print the value in a script of its own.";
const HTML_COMMENT =
  "A comment of HTML ends in the script before. Use // instead, and put a space in front of > where no comment is meant.";
const WORDS_DIFFER = "The branches before end in the middle of a word. Write whole words into each branch.";

/** Follows JavaScript outside of strings, comments and regular expressions. */
export function readScriptCode(state: ScriptState, character: string): ScriptState {
  if (state.pending === "/") return readAfterSlash({ ...state, pending: "" }, character);
  if (/[\w$\\#@]/.test(character) || (character > "\x7F" && !/\s/.test(character))) return readWord(state, character);
  // A point belongs to a number that has none yet, or the number ends: both leave the same behind.
  if (character === "." && /^\d+$/.test(state.word)) return { ...state, word: `${state.word}.` };
  const ended: ScriptState = { ...endWord(state), pending: "" };
  if (/\s/.test(character)) return ended;
  switch (character) {
    case '"':
      return { ...ended, mode: "double" };
    case "'":
      return { ...ended, mode: "single" };
    case "`":
      return { ...ended, mode: "template", nesting: `${state.nesting}t` };
    case "/":
      return { ...ended, pending: "/" };
    case ".":
      return readPoint(state, ended);
    case ")":
      return { ...ended, expects: "unclear" };
    case "]":
      return { ...ended, expects: "operator" };
    case "{":
      return { ...ended, expects: "expression", nesting: state.nesting === "" ? "" : `${state.nesting}{` };
    case "}":
      return closeBrace(ended);
  }
  return readSign(state, ended, character);
}

/** A name comes after one point, a value after three. */
function readPoint(state: ScriptState, ended: ScriptState): ScriptState {
  const points = /^\.+$/.test(state.pending) ? `${state.pending}.` : ".";
  return { ...ended, expects: points === "..." ? "expression" : "name", pending: points.length < 3 ? points : "" };
}

function readAfterSlash(state: ScriptState, character: string): ScriptState {
  if (character === "/") return { ...state, mode: "lineComment" };
  if (character === "*") return { ...state, mode: "blockComment" };
  if (state.expects === "operator") return readScriptCode({ ...state, expects: "expression" }, character);
  if (state.expects !== "expression") return lost(SLASH_UNCLEAR);
  return readRegexStart(state, character);
}

function readRegexStart(state: ScriptState, character: string): ScriptState {
  if (/[\n\r\u2028\u2029]/.test(character)) return lost(SLASH_UNCLEAR);
  return { ...state, mode: "regex", isInClass: character === "[", pending: character === "\\" ? "\\" : "" };
}

function readWord(state: ScriptState, character: string): ScriptState {
  if (state.word === JOINED_WORD) return lost(WORDS_DIFFER);
  return { ...state, word: state.word + character, pending: "" };
}

/** A brace that closes `${` goes back to the text of the literal. */
function closeBrace(state: ScriptState): ScriptState {
  const open = state.nesting.at(-1);
  if (open === "t") return { ...state, mode: "template", expects: "expression" };
  return { ...state, expects: "unclear", nesting: state.nesting.slice(0, -1) };
}

function readSign(state: ScriptState, ended: ScriptState, character: string): ScriptState {
  const signs = state.pending + character;
  if (signs === "<!--" || signs.endsWith("-->")) return lost(HTML_COMMENT);
  if (signs === "++" || signs === "--") return { ...ended, expects: "unclear", pending: signs };
  if (signs === "<!" || signs === "<!-") return { ...ended, expects: "expression", pending: signs };
  return { ...ended, expects: "expression", pending: /[<+-]/.test(character) ? character : "" };
}
