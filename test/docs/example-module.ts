import { type Token, tokenize } from "../../src/check/source/tokenize.ts";
import { roomOf } from "../structure/arrows.ts";
import { exportsOf } from "../structure/exports-of.ts";
import { importsOf } from "../structure/imports-of.ts";
import type { SourceFile } from "../structure/project-files.ts";
import type { CodeBlock } from "./code-blocks.ts";
import { EXAMPLE_NAMES } from "./example-names.ts";
import { stateResults } from "./state-results.ts";

/** A block as a program of its own. Its code begins on line 2. */
export interface ExampleModule {
  readonly block: CodeBlock;
  /** Of the program's file, without its ending. */
  readonly name: string;
  readonly text: string;
  /** Whether it states results, and can be run to check them. */
  readonly checksResults: boolean;
}

const CHECKS = 'import { $finish, $stated, $statedError } from "./stated.js";';

/**
 * Makes a program of a block. One that imports something, and every block of a Markdown file, stands as it is. The others are
 * written inside a function, and what they name is imported from where it is exported: in their own file, else in their own room,
 * else anywhere in `src/`.
 *
 * @throws {Error} with file and line, when the block cannot be read.
 */
export function exampleModule(block: CodeBlock, sources: readonly SourceFile[]): ExampleModule {
  try {
    const { code, results } = stateResults(block.code);
    const tokens = tokenize(block.code);
    const isComplete = block.file.endsWith(".md") || importsOf(tokens).length > 0;
    const names = isComplete ? [] : [...freeWords(tokens)].flatMap((word) => nameFor(word, block.file, sources));
    const body = isComplete
      ? `${CHECKS}\n${code}`
      : `${CHECKS} ${names.join(" ")} await (async () => {\n${code}\n})();`;
    return {
      block,
      name: `${block.file.replace(/\W+/g, "-")}-${block.line}`,
      text: `${body}\n$finish(${results});\n`,
      checksResults: results > 0 && !block.noRun && !names.some((name) => name.startsWith("declare")),
    };
  } catch (cause) {
    throw new Error(`${block.file}:${block.line}: the block cannot be read: ${(cause as Error).message}`, { cause });
  }
}

/** The words of a block that are no members and not declared in it. */
function freeWords(tokens: readonly Token[]): ReadonlySet<string> {
  const words = new Set<string>();
  const declared = new Set<string>();
  for (const [at, { kind, text }] of tokens.entries()) {
    const before = tokens[at - 1]?.text ?? "";
    if (kind === "word" && before !== ".") words.add(text);
    if (["const", "let", "function", "class"].includes(before)) declared.add(text);
  }
  return new Set([...words].filter((word) => !declared.has(word)));
}

/** The import or declaration that gives a word its meaning, if it has one. */
function nameFor(word: string, file: string, sources: readonly SourceFile[]): readonly string[] {
  const declaration = EXAMPLE_NAMES.get(word);
  if (declaration !== undefined) return [declaration];
  const homes = sources.filter(({ tokens }) => ownExports(tokens, word).length > 0);
  const home =
    homes.find(({ name }) => name === file) ??
    homes.find(({ name }) => roomOf(name) === roomOf(file)) ??
    (homes.length === 1 ? homes[0] : undefined);
  if (home === undefined) return [];
  const type = ownExports(home.tokens, word).every(({ isType }) => isType) ? "type " : "";
  return [`import ${type}{ ${word} } from "${home.name.replace(/^src\//, "./dist/").replace(/\.ts$/, ".js")}";`];
}

function ownExports(tokens: readonly Token[], word: string): ReturnType<typeof exportsOf> {
  return exportsOf(tokens).filter(({ name, passedOn }) => name === word && !passedOn);
}
