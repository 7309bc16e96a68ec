import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { type Token, tokenize } from "./tokenize.ts";

const SOURCE_FILE = /(?<!\.d|\.test|\.spec)\.m?[jt]s$/;
const ENTRY_FILE = /[\\/]app\.m?[jt]s$/;
const MAX_FILES = 5000;
const MAX_BYTES = 1_048_576;

/** A file of a project that runs on the server. */
export interface SourceFile {
  /** Relative to the project's folder, with `/`. */
  readonly file: string;
  /** Nothing where the file cannot be read as code. */
  readonly tokens: readonly Token[] | undefined;
}

/** Reads the sources of a project, in the order of their names: what it starts with, and all below `src` but pages' own scripts. */
export function sourceFiles(root: string): readonly SourceFile[] {
  const entries = filesIn(root, false).filter((path) => ENTRY_FILE.test(path));
  return [...entries, ...filesIn(join(root, "src"), true)]
    .filter((path) => SOURCE_FILE.test(path))
    .map((path) => ({ path, file: relative(root, path).split(sep).join("/") }))
    .filter(({ file }) => !/^src\/public\/|(?:^|\/)node_modules\//.test(file))
    .sort((one, other) => (one.file < other.file ? -1 : 1))
    .slice(0, MAX_FILES)
    .map(({ path, file }) => ({ file, tokens: tokensOf(path) }));
}

function filesIn(folder: string, recursive: boolean): readonly string[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(folder, { withFileTypes: true, recursive })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function tokensOf(path: string): readonly Token[] | undefined {
  try {
    return statSync(path).size > MAX_BYTES ? undefined : tokenize(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
