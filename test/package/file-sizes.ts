import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** The sizes in bytes of all files below a folder. Links are left out. */
export function fileSizes(folder: string): readonly number[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name)).size);
}
