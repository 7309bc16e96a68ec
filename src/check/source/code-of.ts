import { isMark } from "./method-calls.ts";
import type { Token } from "./tokenize.ts";

const VERBS: readonly string[] = ["get", "head", "post", "put", "patch", "del", "delete", "any", "options"];
const DECLARING: readonly string[] = ["const", "let", "var", "function", "class", "export", "import", "async", "type"];

/**
 * The code that a route runs, as far as it stands in the route's own file: what its call holds, and the functions and constants
 * of the file that this names, directly or through others. What other files hold is not looked at.
 *
 * @param line where the route is registered.
 */
export function codeOf(tokens: readonly Token[], line: number): readonly Token[] {
  const declarations = declarationsIn(tokens);
  const code: Token[] = [...callAt(tokens, line)];
  const reached = new Set<string>();
  for (let at = 0; at < code.length; at += 1) {
    const { kind, text } = code[at] as Token;
    const declaration = kind === "word" ? declarations.get(text) : undefined;
    if (declaration === undefined || reached.has(text)) continue;
    reached.add(text);
    for (const token of declaration) code.push(token);
  }
  return code;
}

/** Finds the calls of these functions and gives what stands between their brackets. */
export function callsOf(tokens: readonly Token[], names: readonly string[]): readonly (readonly Token[])[] {
  return tokens.flatMap((token, at) =>
    token.kind === "word" && names.includes(token.text) && isMark(tokens[at + 1], "(")
      ? [inBrackets(tokens, at + 1)]
      : [],
  );
}

function callAt(tokens: readonly Token[], line: number): readonly Token[] {
  const onLine = (token: Token, at: number): boolean =>
    token.line === line && VERBS.includes(token.text) && isMark(tokens[at + 1], "(");
  const verb = tokens.findIndex(onLine);
  return verb < 0 ? [] : inBrackets(tokens, verb + 1);
}

function inBrackets(tokens: readonly Token[], open: number): readonly Token[] {
  const depth = tokens[open]?.depth;
  const close = indexAfter(tokens, open, (token) => isMark(token, ")") && token.depth === depth);
  return tokens.slice(open + 1, close);
}

/** @returns Where the list ends, if there is none. */
function indexAfter(tokens: readonly Token[], start: number, isMet: (token: Token, at: number) => boolean): number {
  let at = start + 1;
  while (at < tokens.length && !isMet(tokens[at] as Token, at)) at += 1;
  return at;
}

/** What is declared outside of all brackets, by its name. */
function declarationsIn(tokens: readonly Token[]): ReadonlyMap<string, readonly Token[]> {
  const starts = tokens.flatMap((token, at) => (isDeclaring(token, tokens[at - 1]) ? [at] : []));
  const declarations = new Map<string, readonly Token[]>();
  for (const [index, start] of starts.entries()) {
    const name = tokens[start + 1];
    if (name?.kind === "word" && !DECLARING.includes(name.text)) {
      declarations.set(name.text, tokens.slice(start + 2, endOf(tokens, start, starts[index + 1])));
    }
  }
  return declarations;
}

/** It ends with a semicolon, or with a bracket after which a line begins with a word, and before the next one anyway. */
function endOf(tokens: readonly Token[], start: number, next: number = tokens.length): number {
  const end = indexAfter(tokens, start, (token, at) => token.depth === 0 && isEnd(token, tokens[at + 1]));
  return Math.min(end, next);
}

function isEnd(token: Token, following: Token | undefined): boolean {
  if (isMark(token, ";")) return true;
  const closes = isMark(token, "}") || isMark(token, ")");
  return closes && (following === undefined || (following.kind === "word" && following.line > token.line));
}

/** In `const save = async …` the second word goes on with what the first has begun. */
function isDeclaring({ kind, text, depth }: Token, previous: Token | undefined): boolean {
  const goesOn = previous?.kind === "mark" && !";})".includes(previous.text);
  return kind === "word" && depth === 0 && DECLARING.includes(text) && !goesOn;
}
