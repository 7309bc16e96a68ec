import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnvFile } from "../config/env-file.ts";
import type { SettingRow } from "../config/setting-row.ts";
import { SETTINGS } from "../config/settings.ts";
import { isSecretName } from "../log/secret-name.ts";

export const ENV_FILES: readonly string[] = [".env", ".env.local"];
const PASSWORD_IN_URL = /^[a-z][a-z0-9+.-]*:\/\/[^/@\s]*:[^/@\s]+@/i;

/** The names of the variables in a file of settings that hold a secret: of ours, by their row; of others, by their name. */
export function envSecrets(root: string, file: string): readonly string[] {
  const path = join(root, file);
  if (!existsSync(path)) return [];
  return [...variablesIn(path, file)]
    .filter(([name, { text }]) => text !== "" && (isSecret(name) || PASSWORD_IN_URL.test(text)))
    .map(([name]) => name);
}

function variablesIn(path: string, file: string): ReturnType<typeof parseEnvFile> {
  try {
    return parseEnvFile(readFileSync(path, "utf8"), file);
  } catch {
    return new Map(); // that it cannot be read is a finding of its own
  }
}

function isSecret(name: string): boolean {
  const rows: readonly [string, SettingRow][] = Object.entries(SETTINGS);
  const row = rows.find(([own, { alias }]) => own === name || alias === name)?.[1];
  return row === undefined ? isSecretName(name) : row.secret === true;
}
