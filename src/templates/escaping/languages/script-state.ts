/**
 * What may come next.
 *
 * `expression`: a value or a regular expression; `operator`: something that joins or ends what was read, or a division; `name`: after a dot;
 * `either`: a value or an operator, for branches ended differently; `unclear`: nobody can tell without parsing the whole script.
 */
export type Expectation = "expression" | "operator" | "name" | "either" | "unclear";

export interface ScriptState {
  readonly language: "script";
  readonly mode: "code" | "single" | "double" | "template" | "regex" | "lineComment" | "blockComment" | "lost";
  readonly expects: Expectation;
  /** The name or number being read. */
  readonly word: string;
  /** Characters that the next one may belong to: a backslash, a slash, a star, the beginning of `++` or of a comment of HTML. */
  readonly pending: string;
  /** What is open inside of template literals: `t` for each literal, `{` for each brace in its `${…}`. */
  readonly nesting: string;
  readonly isInClass: boolean;
  /** For `lost`: what came before that nobody can follow. */
  readonly why: string;
}

export const SCRIPT_START: ScriptState = {
  language: "script",
  mode: "code",
  expects: "expression",
  word: "",
  pending: "",
  nesting: "",
  isInClass: false,
  why: "",
};

/** A script of which nobody can tell any more what stands where: that is no mistake until a value is printed there. */
export function lost(why: string): ScriptState {
  return { ...SCRIPT_START, mode: "lost", why };
}

/** Stands for a word where branches before have ended in different ones. */
export const JOINED_WORD = "\0";

/** After these names an expression begins. */
const BEFORE_EXPRESSION: ReadonlySet<string> = new Set(
  "case default delete do else extends in instanceof new return throw typeof void".split(" "),
);
/** These are names in one place and words of the language in another. */
const BEFORE_EITHER: ReadonlySet<string> = new Set(["await", "yield", "of", "let", "async", "get", "set", "static"]);

/** What may come after the word that was being read. */
export function endWord(state: ScriptState): ScriptState {
  if (state.word === "") return state;
  return { ...state, expects: expectedAfter(state), word: "" };
}

function expectedAfter({ expects, word }: ScriptState): Expectation {
  if (word === JOINED_WORD) return expects;
  if (expects === "name") return "operator";
  if (word.includes("\\")) return "unclear";
  if (BEFORE_EXPRESSION.has(word)) return "expression";
  return BEFORE_EITHER.has(word) ? "either" : "operator";
}
