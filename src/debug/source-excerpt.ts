import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from "node:fs";
import { isAbsolute, relative, sep } from "node:path";
import { scrubSource } from "./scrub-source.ts";

const LINES_AROUND = 6;
const MAX_LINE_CHARACTERS = 240;
const MAX_FILE_BYTES = 1_048_576;
const SOURCE_FILE = /\.[cm]?[jt]sx?$/;
const PRIVATE_FOLDERS: readonly (string | undefined)[] = ["secrets", "data"];

/** Some lines of a file. */
export interface SourceExcerpt {
  /** The number of the first line. */
  readonly first: number;
  readonly lines: readonly string[];
  /** The line that matters. */
  readonly marked: number;
}

/**
 * Reads the lines around a place in a source file of the project, without what seems to be a secret.
 *
 * @param root The project's folder, free of links.
 * @returns `undefined` for every other file, and where there is no such line.
 * @see CWE-22
 */
export function sourceExcerpt(root: string, file: string, line: number): SourceExcerpt | undefined {
  try {
    const path = realpathSync(file);
    if (!isSource(relative(root, path))) return undefined;
    return excerptOf(readSource(path).split(/\r?\n/), line);
  } catch {
    return undefined;
  }
}

/** Neither settings nor keys, and nothing from elsewhere, whatever the stack says: it is text that anybody may have written. */
function isSource(path: string): boolean {
  const names = path.split(sep);
  const isHidden = names.some((name) => name.startsWith(".") || name === "node_modules");
  return !isAbsolute(path) && !isHidden && !PRIVATE_FOLDERS.includes(names[0]) && SOURCE_FILE.test(path);
}

function excerptOf(lines: readonly string[], marked: number): SourceExcerpt | undefined {
  if (!(marked >= 1 && marked <= lines.length)) return undefined;
  const first = Math.max(1, marked - LINES_AROUND);
  const around = lines.slice(first - 1, marked + LINES_AROUND);
  return { first, marked, lines: around.map((text) => scrubSource(text.slice(0, MAX_LINE_CHARACTERS))) };
}

/** @throws when it is no regular file of a readable size. */
function readSource(path: string): string {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const { size } = fstatSync(file);
    if (!fstatSync(file).isFile() || size > MAX_FILE_BYTES) throw new Error("no source");
    const bytes = Buffer.alloc(size);
    return bytes.toString("utf8", 0, readSync(file, bytes, 0, size, 0));
  } finally {
    closeSync(file);
  }
}
