import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { TextDecoder } from "node:util";
import { Tina4Error } from "../errors.ts";
import { templateNameFault } from "./template-name-fault.ts";
import { TemplateSource } from "./template-source.ts";

const MAX_FILE_BYTES = 1024 * 1024;
const MAX_FILES = 10_000;

/** A pipe that nobody writes to would hold the process that opens it. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** What the operating system says of a path under which there is no file. */
const ABSENT: readonly (string | undefined)[] = ["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ELOOP", "EISDIR"];

/**
 * The folder of templates: gives the text of its files, and of no other, whatever a name says and wherever a link leads.
 *
 * Files are read synchronously, since each is read once, when it is first needed.
 *
 * @see CWE-22, CWE-59
 */
export class TemplateFolder {
  readonly path: string;

  /** @param path Absolute. It need not exist. */
  constructor(path: string) {
    this.path = path;
  }

  /**
   * @returns `undefined` when there is no such file, or none that this folder may give.
   * @throws {Tina4Error} `TEMPLATE_INVALID` when it is too large or no UTF-8.
   */
  read(name: string): TemplateSource | undefined {
    const path = this.#realPath(name);
    if (path === undefined) return undefined;
    const bytes = readFile(path, name);
    return bytes === undefined ? undefined : new TemplateSource(name, decode(bytes, name));
  }

  has(name: string): boolean {
    const path = this.#realPath(name);
    return path !== undefined && (statSync(path, { throwIfNoEntry: false })?.isFile() ?? false);
  }

  /** A text that differs between two states of a file, one of which is that there is none. */
  stamp(name: string): string {
    const path = this.#realPath(name);
    const stats = path === undefined ? undefined : statSync(path, { bigint: true, throwIfNoEntry: false });
    return stats === undefined ? "" : `${path} ${stats.ino} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs}`;
  }

  /** The names of all files, in order, without those that begin with a dot. */
  names(): readonly string[] {
    const names: string[] = [];
    this.#collect("", names);
    return names.sort();
  }

  #collect(folder: string, names: string[]): void {
    for (const entry of absentAs([], () => readdirSync(join(this.path, folder), { withFileTypes: true }))) {
      const name = `${folder}${entry.name}`;
      if (entry.name.startsWith(".") || names.length >= MAX_FILES) continue;
      if (entry.isDirectory()) this.#collect(`${name}/`, names);
      else if (this.has(name)) names.push(name);
    }
  }

  #realPath(name: string): string | undefined {
    if (templateNameFault(name) !== undefined) return undefined;
    return absentAs(undefined, () => {
      const root = realpathSync(this.path);
      const path = realpathSync(join(root, name));
      return path.startsWith(root.endsWith(sep) ? root : root + sep) ? path : undefined;
    });
  }
}

/** What was opened is what is measured and read, whatever the path leads to by then. */
function readFile(path: string, name: string): Uint8Array | undefined {
  const file = absentAs(undefined, () => openSync(path, FLAGS));
  if (file === undefined) return undefined;
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) return undefined;
    if (stats.size > MAX_FILE_BYTES) throw unreadable(name, `has more than ${MAX_FILE_BYTES} bytes`);
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw unreadable(name, "is not in UTF-8", cause);
  }
}

function unreadable(name: string, fault: string, cause?: unknown): Tina4Error {
  return new Tina4Error("TEMPLATE_INVALID", `The template ${JSON.stringify(name)} ${fault}.`, { cause });
}

function absentAs<T>(absent: T, look: () => T): T {
  try {
    return look();
  } catch (error) {
    if (ABSENT.includes((error as NodeJS.ErrnoException).code)) return absent;
    throw error;
  }
}
