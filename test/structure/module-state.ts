import type { Token } from "../../src/check/source/tokenize.ts";

const CHANGING_METHODS = new Set(
  "add assign clear copyWithin delete fill pop push reverse set shift sort splice unshift".split(" "),
);
const ASSIGNMENTS = new Set(["=", "+=", "-=", "*=", "/=", "??=", "||=", "&&=", "++", "--"]);

/** Finds the names outside all functions whose value can change while the program runs, each as `line: name`. */
export function moduleState(tokens: readonly Token[]): readonly string[] {
  const found = tokens.flatMap((token, at) => {
    const name = tokens[at + 1];
    if (token.depth > 0 || token.kind !== "word" || name === undefined) return [];
    if (token.text === "let" || token.text === "var") return [name];
    return token.text === "const" && isChanged(tokens, name.text) ? [name] : [];
  });
  return [...found, ...changingStatics(tokens)].map(({ line, text }) => `${line}: ${text}`);
}

/** Whether something is put into, taken out of, or assigned to what a constant holds. */
function isChanged(tokens: readonly Token[], name: string): boolean {
  return tokens.some(({ kind, text }, at) => {
    if (kind !== "word" || text !== name || tokens[at - 1]?.text === ".") return false;
    if (["++", "--"].includes(tokens[at - 1]?.text ?? "")) return true;
    const next = tokens[at + 1];
    if (next?.text === ".") {
      const after = tokens[at + 3]?.text ?? "";
      return ASSIGNMENTS.has(after) || (after === "(" && CHANGING_METHODS.has(tokens[at + 2]?.text ?? ""));
    }
    if (next?.text !== "[") return false;
    const end = tokens.findIndex((token, later) => later > at + 1 && token.text === "]" && token.depth === next.depth);
    return ASSIGNMENTS.has(tokens[end + 1]?.text ?? "");
  });
}

/** Static members of classes that are neither methods nor `readonly`. */
function changingStatics(tokens: readonly Token[]): readonly Token[] {
  return tokens.flatMap(({ kind, text }, at) => {
    const [name, after] = [tokens[at + 1], tokens[at + 2]];
    const isField = name?.kind === "word" && name.text !== "readonly" && ["=", ":", ";"].includes(after?.text ?? "");
    return kind === "word" && text === "static" && isField ? [name] : [];
  });
}
