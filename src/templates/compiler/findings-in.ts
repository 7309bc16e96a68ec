import { Tina4Error } from "../../errors.ts";
import type { Template } from "../language/node.ts";
import { TemplateError } from "../template-error.ts";
import type { TemplateFinding } from "../template-finding.ts";
import { nodesIn } from "./nodes-in.ts";
import type { TemplateCompiler } from "./template-compiler.ts";

/**
 * Compiles every template of a folder, and its macros.
 *
 * @returns In order of file and place. Of a file that cannot be compiled only the first error is known.
 */
export function findingsIn(compiler: TemplateCompiler): readonly TemplateFinding[] {
  const names = compiler.names();
  const errors = names.flatMap((name) => {
    const error = errorIn(name, () => compileAll(compiler, name));
    return error === undefined ? [] : [{ name, error }];
  });
  // What makes sense only inside of another template was compiled there, and need not be a page by itself.
  const counting = errors.filter(({ name, error }) => error.file !== name || !compiler.isIncluded(name));
  const found = [...counting.map(({ error }) => error), ...names.flatMap((name) => rawIn(compiler, name))];
  return [...new Map(found.map((finding) => [JSON.stringify(finding), finding])).values()].sort(inOrder);
}

function compileAll(compiler: TemplateCompiler, name: string): void {
  compiler.whole(name);
  const template = compiler.load(name);
  if (template === undefined) return;
  for (const macro of template.macros.values()) compiler.macro(template, macro);
}

function errorIn(name: string, compile: () => void): TemplateFinding | undefined {
  try {
    compile();
    return undefined;
  } catch (error) {
    if (error instanceof TemplateError) {
      const { file, line, column, problem } = error;
      return { kind: "error", file, line, column, problem };
    }
    if (error instanceof Tina4Error) return { kind: "error", file: name, line: 1, column: 1, problem: error.message };
    throw error;
  }
}

function rawIn(compiler: TemplateCompiler, name: string): readonly TemplateFinding[] {
  const template = ifReadable(compiler, name);
  if (template === undefined) return [];
  const { body, parent, source } = template;
  return nodesIn([parent, body])
    .filter((node) => node.kind === "filter" && node.name === "raw")
    .map(({ at }) => ({
      kind: "raw",
      file: name,
      ...source.placeOf(at),
      problem: "This is printed without escaping.",
    }));
}

/** That one is not was found when it was to be compiled. */
function ifReadable(compiler: TemplateCompiler, name: string): Template | undefined {
  try {
    return compiler.load(name);
  } catch {
    return undefined;
  }
}

function inOrder(one: TemplateFinding, other: TemplateFinding): number {
  if (one.file !== other.file) return one.file < other.file ? -1 : 1;
  return one.line - other.line || one.column - other.column;
}
