import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type HttpError, refusalError, refuse, Tina4Error } from "../errors.ts";
import { openFile } from "../files/open-file.ts";
import { OpenedFile } from "../files/opened-file.ts";
import { refuseUnknownKeys } from "../text/refuse-unknown-keys.ts";
import type { FileRepresentation } from "./answer-with-file.ts";
import { contentDisposition } from "./content-disposition.ts";
import { contentTypeOf } from "./content-type-of.ts";

const NEEDS_ROOT = 'response.file needs { root: "…" }: the folder that the path stays in.';

/** Where a file lies, and how it is sent. */
export interface FileOptions {
  /** The folder that the path stays in: a path, relative to the application's root, or a `file:` URL. */
  readonly root: string | URL;
  /** Has the browser save the file: under its own name, or under this one. */
  readonly download?: boolean | string;
}

/**
 * Opens the file that a handler wants to send.
 *
 * Nobody else keeps it: a file that a program chooses for one client is as private as the rest of its answers.
 *
 * @throws {HttpError} 404 when there is no such file below the root; {Tina4Error} when the options are no good.
 */
export async function openRequestedFile(
  path: string,
  options: FileOptions,
  projectRoot: string,
): Promise<FileRepresentation & { readonly file: OpenedFile }> {
  if (options === undefined) throw new Tina4Error("OPTION_INVALID", NEEDS_ROOT);
  refuseUnknownKeys("response.file", options, ["root", "download"]);
  const { root, download = false } = options;
  const folder = await realRoot(root, projectRoot);
  const misfit = misfitOf(path);
  if (misfit !== undefined) throw notFound(misfit);
  const segments = path.split("/");
  const file = await openFile(folder, segments);
  if (!(file instanceof OpenedFile)) throw notFound();
  const name = segments.at(-1) as string;
  const saveAs = typeof download === "string" ? download : name;
  return {
    file,
    contentType: contentTypeOf(name),
    etag: `"${file.fingerprint}"`,
    fields: [
      ...["Cache-Control", "private, no-cache"],
      ...(download === false ? [] : ["Content-Disposition", contentDisposition("attachment", saveAs)]),
    ],
  };
}

async function realRoot(root: string | URL, projectRoot: string): Promise<string> {
  if (root === undefined) throw new Tina4Error("OPTION_INVALID", NEEDS_ROOT);
  try {
    return await realpath(root instanceof URL ? fileURLToPath(root) : resolve(projectRoot, root));
  } catch (cause) {
    const message = `response.file needs { root }: a folder that exists, and ${JSON.stringify(root)} is none.`;
    throw new Tina4Error("OPTION_INVALID", message, { cause });
  }
}

/** Why a path can name no file below the root. A stranger may have chosen it, so only the log tells. */
function misfitOf(path: unknown): string | undefined {
  if (typeof path !== "string") return `response.file was given a path of type ${typeof path}: it is text.`;
  return path.startsWith("/") ? "response.file was given an absolute path: it is relative to { root }." : undefined;
}

function notFound(cause?: string): HttpError {
  return refusalError(refuse("NOT_FOUND"), cause);
}
