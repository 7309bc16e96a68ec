import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Token, tokenize } from "../../src/check/source/tokenize.ts";

/** The project's folder, with a slash at its end. */
export const PROJECT_ROOT: string = fileURLToPath(new URL("../../", import.meta.url));

/** What `.gitignore` names, and git's own folder. */
const NOT_OURS = /^(?:node_modules|dist|data|secrets|coverage|\.git|\.env\.local|.*\.log)$/;

export interface SourceFile {
  /** Its path in the project: `src/http/request.ts`. */
  readonly name: string;
  readonly text: string;
  readonly tokens: readonly Token[];
}

/** The files of the project, or of one folder of it, as `src/http/request.ts`, sorted. What git ignores is left out. */
export function projectFiles(folder = ""): readonly string[] {
  const entries = readdirSync(PROJECT_ROOT + folder, { withFileTypes: true }).filter(
    ({ name }) => !NOT_OURS.test(name),
  );
  return entries
    .flatMap((entry) => (entry.isDirectory() ? projectFiles(`${folder}${entry.name}/`) : [folder + entry.name]))
    .sort();
}

/** Every TypeScript file of a folder, read. What lies in `fixtures/` may be broken on purpose and is left out. */
export function sourceFiles(folder: "src/" | "test/"): readonly SourceFile[] {
  return projectFiles(folder)
    .filter((name) => name.endsWith(".ts") && !name.includes("/fixtures/"))
    .map((name) => sourceFile(name, readFileSync(PROJECT_ROOT + name, "utf8")));
}

export function sourceFile(name: string, text: string): SourceFile {
  try {
    return { name, text, tokens: tokenize(text) };
  } catch (cause) {
    throw new Error(`${name} cannot be read: ${(cause as Error).message}`, { cause });
  }
}
