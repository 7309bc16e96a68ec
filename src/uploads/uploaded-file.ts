import { createReadStream, type ReadStream } from "node:fs";
import { constants, copyFile, link, mkdir, readFile, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { randomId } from "../crypto/random-id.ts";
import { Tina4Error } from "../errors.ts";

/** The target is on another device, or its file system knows no second name for a file. */
const NO_LINK: readonly unknown[] = ["EXDEV", "EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"];
const DRAFT_NAME_BYTES = 16;

/** What is known of a file that was received. */
export interface ReceivedFile {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly path: string;
  /** What a relative target starts from. Default: the current folder. */
  readonly projectRoot?: string;
}

/**
 * A file that a client sent. It lies in a private temporary folder under a generated name and is removed after the response,
 * unless it was moved.
 *
 * @example
 * ```ts
 * import { post, UploadedFile } from "tina4-ts";
 * post("/avatar", async (request, response) => {
 *   const { avatar } = request.files;
 *   if (!(avatar instanceof UploadedFile)) return response.error("Choose a picture.", 400);
 *   await avatar.moveTo(`data/avatars/${request.user?.sub}.png`);
 *   return response({ saved: avatar.size }, 201);
 * }).upload({ maxFiles: 1, types: ["image/png"] });
 * ```
 * @see CWE-434
 */
export class UploadedFile {
  /** The client's name for it, cleaned and shortened: a label to show, never a path to write to. */
  readonly name: string;
  /** The media type that the client claims, in lower case. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  readonly #projectRoot: string;
  #path: string;

  /** @internal */
  constructor({ name, type, size, path, projectRoot = "." }: ReceivedFile) {
    this.name = name;
    this.type = type;
    this.size = size;
    this.#path = path;
    this.#projectRoot = projectRoot;
  }

  /** Where it lies now. */
  get path(): string {
    return this.#path;
  }

  /** The whole content; for large files take `stream()`. */
  bytes(): Promise<Buffer> {
    return readFile(this.#path);
  }

  /** The content as UTF-8; what is none becomes U+FFFD. */
  text(): Promise<string> {
    return readFile(this.#path, "utf8");
  }

  /** The content piece by piece. */
  stream(): ReadStream {
    return createReadStream(this.#path);
  }

  /**
   * Keeps the file, at a path of the program's choice: folders are made where they are missing, other devices are reached too.
   * Only its owner may read it.
   *
   * @param path Of the new file, never made of what a client sent. A relative one starts from the application's root, wherever the
   * process was started.
   * @throws {Tina4Error} FILE_EXISTS when something is there already: nothing is ever overwritten; OPTION_INVALID when the path
   * names no file.
   */
  async moveTo(path: string): Promise<void> {
    const target = targetOf(path, this.#projectRoot);
    await mkdir(dirname(target), { recursive: true });
    try {
      await placeAt(target, this.#path);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
      if ((await stat(target).catch(() => undefined))?.isDirectory()) throw isFolder(path);
      throw new Tina4Error("FILE_EXISTS", `${path} exists already, and a moved upload overwrites nothing.`, { cause });
    }
    const { path: formerPath } = this;
    this.#path = target;
    await rm(formerPath, { force: true });
  }
}

function targetOf(path: unknown, projectRoot: string): string {
  if (typeof path !== "string" || path === "") {
    const given = path === "" ? "an empty text" : `a value of type ${typeof path}`;
    throw new Tina4Error(
      "OPTION_INVALID",
      `moveTo needs the path of the new file, as "data/avatars/7.png", not ${given}.`,
    );
  }
  if (/[/\\]$/.test(path)) throw isFolder(path);
  return resolve(projectRoot, path);
}

function isFolder(path: string): Tina4Error {
  return new Tina4Error("OPTION_INVALID", `${path} is a folder: name the file in it, as "data/avatars/7.png".`);
}

/** A second name is given at once, and only where none is: whenever the process is killed, the target is whole or absent. */
async function placeAt(target: string, source: string): Promise<void> {
  try {
    await link(source, target);
  } catch (error) {
    if (!knowsNoLink(error)) throw error;
    await copyTo(target, source);
  }
}

/** What was copied is given its name only once it is whole; where no file has two names, it cannot be but copied there. */
async function copyTo(target: string, source: string): Promise<void> {
  const draft = join(dirname(target), `${randomId(DRAFT_NAME_BYTES)}.part`);
  try {
    await copyFile(source, draft, constants.COPYFILE_EXCL);
    await link(draft, target);
  } catch (error) {
    if (!knowsNoLink(error)) throw error;
    await copyFile(source, target, constants.COPYFILE_EXCL);
  } finally {
    await rm(draft, { force: true });
  }
}

function knowsNoLink(error: unknown): boolean {
  return NO_LINK.includes((error as NodeJS.ErrnoException).code);
}
