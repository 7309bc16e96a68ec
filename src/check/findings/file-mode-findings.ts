import { statSync } from "node:fs";
import { join } from "node:path";
import { ENV_FILES, envSecrets } from "../env-secrets.ts";
import type { Finding, Sighting } from "../finding.ts";

const OTHERS = 0o007;
const GROUP_AND_OTHERS = 0o077;
const PERMISSIONS = 0o777;

/** Which files other users of the machine can open. Windows keeps no such modes. */
export const FILE_MODE_FINDINGS: readonly Finding[] = [
  {
    id: "T4-075",
    severity: "error",
    stage: "deploy",
    title: "Settings with secrets are open to other users",
    why: "Every program on the machine can read them.",
    remedy: "Run chmod 600 on the file.",
    look: ({ root }) =>
      ENV_FILES.filter((file) => envSecrets(root, file).length > 0).flatMap((file) => openTo(OTHERS, root, file)),
  },
  {
    id: "T4-076",
    severity: "error",
    stage: "deploy",
    title: "The folder of keys is open to other users",
    why: "Whoever reads a key signs in as anybody.",
    remedy: "Run chmod 700 on secrets, and chmod 600 on what is in it.",
    look: ({ root }) => ["secrets", "secrets/jwt.key"].flatMap((file) => openTo(GROUP_AND_OTHERS, root, file)),
  },
  {
    id: "T4-077",
    severity: "warning",
    stage: "deploy",
    title: "The folder of data is open to other users",
    why: "Every program on the machine can look for databases, sessions and uploads in it.",
    remedy: "Run chmod 700 on data.",
    look: ({ root }) => openTo(OTHERS, root, "data"),
  },
];

function openTo(whom: number, root: string, file: string): readonly Sighting[] {
  const mode = statSync(join(root, file), { throwIfNoEntry: false })?.mode;
  if (process.platform === "win32" || mode === undefined || (mode & whom) === 0) return [];
  return [{ seen: `mode ${(mode & PERMISSIONS).toString(8)}`, where: { file } }];
}
