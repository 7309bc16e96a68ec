import type { Token } from "../../src/check/source/tokenize.ts";

export interface Import {
  readonly specifier: string;
  readonly line: number;
}

/**
 * Finds what a file imports: `import`, `import type`, `export … from`, `import("…")` and the type `import("…")`. A dynamic import of a
 * computed name cannot be known and is left out.
 */
export function importsOf(tokens: readonly Token[]): readonly Import[] {
  return tokens.flatMap((token, at) => {
    if (token.kind !== "word" || tokens[at - 1]?.text === ".") return [];
    const specifier = specifierAt(tokens, at);
    return specifier === undefined ? [] : [{ specifier: specifier.text, line: token.line }];
  });
}

function specifierAt(tokens: readonly Token[], at: number): Token | undefined {
  const next = tokens[at + 1];
  if (tokens[at]?.text === "import") {
    if (next?.kind === "string") return next;
    if (next?.text === "(") return stringAt(tokens, at + 2);
    return next?.kind === "word" || next?.text === "{" || next?.text === "*"
      ? specifierAfter(tokens, at + 1)
      : undefined;
  }
  if (tokens[at]?.text !== "export") return undefined;
  const list = next?.text === "type" ? at + 2 : at + 1;
  return tokens[list]?.text === "{" || tokens[list]?.text === "*" ? specifierAfter(tokens, list) : undefined;
}

/** The string after `from`, where only names, commas and one pair of braces stand in between. */
function specifierAfter(tokens: readonly Token[], from: number): Token | undefined {
  for (let at = from; at < tokens.length; at += 1) {
    const { kind, text } = tokens[at] as Token;
    if (kind === "word" && text === "from" && stringAt(tokens, at + 1)) return tokens[at + 1];
    if (kind !== "word" && kind !== "string" && !["{", "}", ",", "*"].includes(text)) return undefined;
    if (text === "}" && tokens[at + 1]?.text !== "from") return undefined;
  }
  return undefined;
}

function stringAt(tokens: readonly Token[], at: number): Token | undefined {
  return tokens[at]?.kind === "string" ? tokens[at] : undefined;
}
