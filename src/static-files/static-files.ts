import { realpath } from "node:fs/promises";
import { openFile } from "../files/open-file.ts";
import { OpenedFile } from "../files/opened-file.ts";
import { acceptsCoding } from "../http/accepts-coding.ts";
import type { FileRepresentation } from "../http/answer-with-file.ts";
import { contentTypeOf } from "../http/content-type-of.ts";
import { ContentHashes } from "./content-hashes.ts";

const INDEX = "index.html";
/** What a build can leave beside a file, best first: its ending, and what HTTP calls it. */
const CODINGS: readonly (readonly [ending: string, coding: string])[] = [
  [".br", "br"],
  [".gz", "gzip"],
];
/** Nothing is gained by compressing what is compressed already. */
const COMPRESSIBLE = /^text\/|[/+](?:json|xml|wasm)\b|^font\/[ot]tf$/;

/** A file as this client gets it. */
export type FoundFile = FileRepresentation & {
  readonly file: OpenedFile;
  /** Whether it was asked for by what it holds, so that it never changes under this name. */
  readonly isVersion: boolean;
};

/** What a client asks for beside a path. */
export interface FileWish {
  readonly acceptEncoding?: string | undefined;
  /** What the file should hold, as `version` says it. */
  readonly version?: string | undefined;
}

/** One file that is public although it does not stand in the folder. A file of the folder at the same path comes first. */
export interface ProvidedFile {
  /** The names of its public path. */
  readonly names: readonly string[];
  /** Where it stands, absolute. */
  readonly folder: string;
  readonly file: string;
  /** Told when somebody asks for it and it is not there. */
  readonly onMissing: () => void;
}

/** Where a file may stand: a folder free of links, and the names below it. */
interface Place {
  readonly root: string;
  readonly names: readonly string[];
  readonly onMissing?: () => void;
}

/** The files that everybody may have: those below one folder, and those that the framework provides. */
export class StaticFiles {
  readonly #root: string | undefined;
  readonly #provided: readonly ProvidedFile[];
  readonly #hashes = new ContentHashes();

  private constructor(root: string | undefined, provided: readonly ProvidedFile[]) {
    this.#root = root;
    this.#provided = provided;
  }

  /** @param folder Need not exist. */
  static async open(folder: string | undefined, provided: readonly ProvidedFile[] = []): Promise<StaticFiles> {
    const root = folder === undefined ? undefined : await realFolder(folder);
    const real = provided.map(async (file) => ({ ...file, folder: (await realFolder(file.folder)) ?? file.folder }));
    return new StaticFiles(root, await Promise.all(real));
  }

  /** Whether the folder exists. */
  get hasFolder(): boolean {
    return this.#root !== undefined;
  }

  /** Whether a file could stand at a path. Asks no disk. */
  mayHave(names: readonly string[]): boolean {
    return this.#placesOf(names).length > 0;
  }

  /**
   * Finds a file, or the index of a folder whose path ends in a slash.
   *
   * @param names The path, as `publicPath` gives it.
   * @returns The file, which is the caller's to close; `"folder"` for one that has an index and lacks its slash.
   */
  async find(names: readonly string[], wish: FileWish = {}): Promise<FoundFile | "folder" | undefined> {
    const path = names.at(-1) === "" ? [...names.slice(0, -1), INDEX] : names;
    for (const place of this.#placesOf(path)) {
      const found = await openFile(place.root, place.names);
      if (found instanceof OpenedFile) return await this.#represent(found, place, wish);
      if (found === "folder") return path === names && (await hasIndex(place)) ? "folder" : undefined;
      place.onMissing?.();
    }
    return undefined;
  }

  /**
   * What a file holds, in twelve characters.
   *
   * @param names The path, as `publicPath` gives it.
   * @returns `undefined` when there is no such file.
   */
  version(names: readonly string[]): string | undefined {
    if (names.at(-1) === "") return undefined;
    for (const { root, names: below, onMissing } of this.#placesOf(names)) {
      const version = this.#hashes.ofPath(root, below);
      if (version !== undefined) return version;
      onMissing?.();
    }
    return undefined;
  }

  #placesOf(path: readonly string[]): readonly Place[] {
    const own = this.#root === undefined ? [] : [{ root: this.#root, names: path }];
    const provided = this.#provided.filter(({ names }) => names.join("/") === path.join("/"));
    return [...own, ...provided.map(({ folder, file, onMissing }) => ({ root: folder, names: [file], onMissing }))];
  }

  async #represent(plain: OpenedFile, place: Place, { acceptEncoding, version }: FileWish): Promise<FoundFile> {
    const { root, names } = place;
    const name = names.at(-1) as string;
    const contentType = contentTypeOf(name);
    const isVersion = version !== undefined && version === (await this.#versionOf(plain, place));
    const as = { contentType, isVersion };
    if (!COMPRESSIBLE.test(contentType)) return { ...as, file: plain, etag: `"${plain.fingerprint}"`, fields: [] };
    const vary = ["Vary", "Accept-Encoding"];
    for (const [ending, coding] of CODINGS) {
      if (!acceptsCoding(acceptEncoding, coding)) continue;
      const file = await openFile(root, [...names.slice(0, -1), name + ending]);
      if (!(file instanceof OpenedFile)) continue;
      await plain.close();
      const etag = `"${file.fingerprint}-${coding}"`;
      // What is older than the file was made of an earlier state of it, and must not be kept for ever as the present one.
      const isCurrent = file.modified >= plain.modified;
      const fields = [...vary, "Content-Encoding", coding];
      return { contentType, isVersion: isVersion && isCurrent, file, etag, fields };
    }
    return { ...as, file: plain, etag: `"${plain.fingerprint}"`, fields: vary };
  }

  async #versionOf(file: OpenedFile, { root, names }: Place): Promise<string> {
    try {
      return await this.#hashes.ofFile(root, names, file);
    } catch (error) {
      await file.close();
      throw error;
    }
  }
}

async function hasIndex({ root, names }: Place): Promise<boolean> {
  const index = await openFile(root, [...names, INDEX]);
  if (!(index instanceof OpenedFile)) return false;
  await index.close();
  return true;
}

async function realFolder(folder: string): Promise<string | undefined> {
  try {
    return await realpath(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
