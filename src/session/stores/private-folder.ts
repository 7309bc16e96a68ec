import type { Stats } from "node:fs";
import { lstat, mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { Tina4Error } from "../../errors.ts";

const OWNER_ONLY = 0o700;
const GROUP_AND_OTHERS = 0o077;

/**
 * Makes a folder for its owner only, or makes sure that it is one.
 *
 * @returns Its absolute path.
 * @throws {Tina4Error} `SESSION_STORE_UNUSABLE` when it is a symbolic link or no folder, belongs to another user, is open to group
 *   or others, or cannot be made.
 * @see CWE-59, CWE-732
 */
export async function openPrivateFolder(path: string): Promise<string> {
  const absolute = resolve(path);
  try {
    await mkdir(absolute, { recursive: true, mode: OWNER_ONLY });
    const flaw = flawOf(await lstat(absolute));
    if (flaw !== undefined) throw new Error(flaw);
    return absolute;
  } catch (cause) {
    const { message } = cause as Error;
    throw new Tina4Error("SESSION_STORE_UNUSABLE", `The folder "${path}" cannot keep sessions: ${message}.`, { cause });
  }
}

function flawOf(stat: Stats): string | undefined {
  if (stat.isSymbolicLink()) return "it is a symbolic link (name the folder itself)";
  if (process.getuid === undefined) return undefined; // Windows has neither users nor modes like these.
  if (stat.uid !== process.getuid()) return "it belongs to another user (chown would mend that)";
  return (stat.mode & GROUP_AND_OTHERS) === 0 ? undefined : "group or others can open it (chmod 700 would be right)";
}
