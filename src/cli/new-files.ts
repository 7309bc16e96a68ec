import { closeSync, lstatSync, mkdirSync, openSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

interface NewFile {
  /** From the folder. */
  readonly path: string;
  readonly text: string;
  readonly mode: number | undefined;
}

/** What is made in a folder, and can be taken away again as a whole. It replaces nothing that is there. */
export class NewFiles {
  readonly #root: string;
  readonly #made: string[] = [];

  /** @param root An absolute path; it need not be there. */
  constructor(root: string) {
    this.#root = root;
  }

  /** Those of these paths that are taken: a file or folder is there, or a file where a folder above them has to be. */
  taken(paths: readonly string[]): readonly string[] {
    const folders = new Set(paths.flatMap(foldersAbove));
    return [
      ...[...folders].filter((folder) => exists(join(this.#root, folder)) && !isFolder(join(this.#root, folder))),
      ...paths.filter((path) => exists(join(this.#root, path))),
    ];
  }

  /** @throws {Error} also when there is such a file. */
  write({ path, text, mode }: NewFile): void {
    const place = join(this.#root, path);
    this.#makeFolder(dirname(place));
    closeSync(openSync(place, "wx", mode));
    this.#made.push(place);
    writeFileSync(place, text);
  }

  /** Makes a folder that only its owner can look into. */
  makePrivateFolder(path: string): void {
    this.#makeFolder(join(this.#root, path), 0o700);
  }

  /** Removes all that was made, and what others have put into folders that were made. */
  removeAll(): void {
    for (const place of this.#made.splice(0).reverse()) rmSync(place, { recursive: true, force: true });
  }

  #makeFolder(path: string, mode?: number): void {
    if (isFolder(path)) return;
    this.#makeFolder(dirname(path));
    mkdirSync(path, { mode });
    this.#made.push(path);
  }
}

/** `src/routes/a.ts` lies in `src` and `src/routes`, and all that in the folder itself. */
function foldersAbove(path: string): readonly string[] {
  const parts = path.split("/").slice(0, -1);
  return [".", ...parts.map((_, index) => parts.slice(0, index + 1).join("/"))];
}

/** A link that leads nowhere is there too. */
function exists(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false; // something above it is no folder
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
