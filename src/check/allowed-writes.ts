import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Tina4Error } from "../errors.ts";

/** Names the writes of a project that are meant to be open to strangers: `{ "publicWrites": ["POST /api/login"] }`. */
export const ALLOW_FILE = "tina4.allow.json";

/**
 * Reads which writes a project leaves open on purpose, each as method and path.
 *
 * @returns An empty list when there is no such file.
 * @throws {Tina4Error} PROJECT_INVALID when the file holds anything else: nothing is allowed by mistake.
 */
export function readAllowedWrites(root: string): readonly string[] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(join(root, ALLOW_FILE), "utf8"));
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return [];
    throw unreadable(cause);
  }
  if (!isAllowList(content)) throw unreadable();
  return content.publicWrites;
}

function isAllowList(content: unknown): content is { readonly publicWrites: readonly string[] } {
  if (typeof content !== "object" || content === null || Object.keys(content).join() !== "publicWrites") return false;
  const { publicWrites } = content as { publicWrites: unknown };
  return Array.isArray(publicWrites) && publicWrites.every((write) => typeof write === "string");
}

function unreadable(cause?: unknown): Tina4Error {
  const form = `Write { "publicWrites": ["POST /api/login"] } into it, with a line for each write.`;
  return new Tina4Error("PROJECT_INVALID", `${ALLOW_FILE} cannot be read. ${form}`, { cause });
}
