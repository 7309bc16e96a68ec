import type { Token } from "../../src/check/source/tokenize.ts";

const LONGEST_PAUSE_MS = 99;

type Tokens = readonly Token[];

/** `process.env`, `process["env"]` and `const { env } = process`. */
export function isEnvironmentRead(tokens: Tokens, at: number): boolean {
  if (!isWord(tokens, at, "process") || textAt(tokens, at - 1) === ".") return false;
  if (["[", "?."].includes(textAt(tokens, at + 1)) || textAt(tokens, at + 2) === "env") return true;
  if (textAt(tokens, at - 1) !== "=" || textAt(tokens, at - 2) !== "}") return false;
  const depth = tokens[at]?.depth;
  const start = tokens.findLastIndex((token, before) => before < at && token.text === "{" && token.depth === depth);
  return tokens.slice(start, at).some(({ text }) => text === "env");
}

/** `export default` and `export { name as default }`. */
export function isDefaultExport(tokens: Tokens, at: number): boolean {
  if (!isWord(tokens, at, "default")) return false;
  if (textAt(tokens, at - 1) === "export") return true;
  const start = tokens.findLastIndex(({ text }, before) => before < at && text === "{");
  return textAt(tokens, at - 1) === "as" && textAt(tokens, start - 1) === "export";
}

/** The type `any`, as far as the tokens beside it tell it from a method or variable of that name. */
export function isAnyType(tokens: Tokens, at: number): boolean {
  if (!isWord(tokens, at, "any")) return false;
  return (
    [":", "<", "|", "&", "as"].includes(textAt(tokens, at - 1)) || [">", "|", "&", "["].includes(textAt(tokens, at + 1))
  );
}

/** `it.only(…)` and `{ skip: true }`; a skip with a reason is not meant. */
export function isUnrunTest(tokens: Tokens, at: number): boolean {
  if (!["only", "skip", "todo"].includes(textAt(tokens, at))) return false;
  const isCall = textAt(tokens, at - 1) === "." && textAt(tokens, at + 1) === "(";
  return isCall || (textAt(tokens, at + 1) === ":" && textAt(tokens, at + 2) === "true");
}

/** A timer of a length that a person would notice, and one under a name that hides what it is. */
export function isSleep(tokens: Tokens, at: number): boolean {
  const open = tokens[at + 1];
  if (!isWord(tokens, at, "setTimeout") || open === undefined) return false;
  if (open.text === "as") return true;
  const end = tokens.findIndex(({ text, depth }, later) => later > at + 1 && text === ")" && depth === open.depth);
  const own = tokens.slice(at + 2, end).filter(({ depth }) => depth === open.depth + 1);
  return own.some(({ kind, text }) => kind === "number" && Number(text.replaceAll("_", "")) > LONGEST_PAUSE_MS);
}

function isWord(tokens: Tokens, at: number, word: string): boolean {
  return tokens[at]?.kind === "word" && tokens[at].text === word;
}

function textAt(tokens: Tokens, at: number): string {
  return tokens[at]?.text ?? "";
}
