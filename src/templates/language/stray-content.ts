import type { Statement } from "./node.ts";

const IN_BLOCKS = "A template that extends another one shows only its blocks. Put this into a {% block %}.";

/** Finds what a template that extends another one would show nowhere, or in no known place. */
export function strayContent(
  body: readonly Statement[],
): { readonly problem: string; readonly at: number } | undefined {
  for (const statement of body) {
    const stray = strayIn(statement);
    if (stray !== undefined) return stray;
  }
  return undefined;
}

function strayIn(statement: Statement): { readonly problem: string; readonly at: number } | undefined {
  const { kind, at } = statement;
  if (kind === "text") {
    const start = statement.text.search(/\S/);
    return start < 0 ? undefined : { problem: IN_BLOCKS, at: at + start };
  }
  if (kind === "if") return inParts([...statement.branches.map(({ body }) => body), statement.otherwise]);
  if (kind === "for") return inParts([statement.body, statement.otherwise]);
  if (kind === "with") return inParts([statement.body]);
  return kind === "print" || kind === "include" || kind === "apply" ? { problem: IN_BLOCKS, at } : undefined;
}

function inParts(
  parts: readonly (readonly Statement[])[],
): { readonly problem: string; readonly at: number } | undefined {
  for (const part of parts) {
    const block = part.find(({ kind }) => kind === "block");
    if (block !== undefined) {
      return { problem: "A block is filled in any case. Put the condition or loop into the block.", at: block.at };
    }
    const stray = strayContent(part);
    if (stray !== undefined) return stray;
  }
  return undefined;
}
