import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { skip as notBuilt, PACKAGE_ROOT } from "../cli/fixtures/built-package.ts";
import { SCRIPT_ENVIRONMENT as env } from "../cli/fixtures/run-script.ts";

const REGISTRY_PATIENCE_MS = 60_000;
const INSTALL = ["install", "--prefer-offline", "--no-audit", "--no-fund"];

/** Why nothing can be packed or installed here, for `describe(…, { skip })`. */
export const skip: string | false = notBuilt || registryMissing();

/** Runs a program in a folder, and gives what it printed. */
export async function runIn(cwd: string, program: string, ...args: readonly string[]): Promise<string> {
  return (await promisify(execFile)(program, args, { cwd, env })).stdout;
}

/** Packs the package as it is built, since a script would build it anew, and gives the path of the file. */
export async function packInto(folder: string): Promise<string> {
  const flags = ["--ignore-scripts", "--json", "--pack-destination", folder];
  const [packed] = JSON.parse(await runIn(PACKAGE_ROOT, "npm", "pack", ...flags));
  return join(folder, packed.filename);
}

/** @param packages What npm takes: names with versions, files, or nothing for what `package.json` names. */
export async function install(folder: string, ...packages: readonly string[]): Promise<void> {
  await runIn(folder, "npm", ...INSTALL, ...packages);
}

/** Why there is nothing to install from. */
function registryMissing(): string | false {
  if (process.env.TINA4_TEST_REQUIRE_SERVICES === "1") return false;
  const asked = spawnSync("npm", ["view", "typescript", "version"], { env, timeout: REGISTRY_PATIENCE_MS });
  return asked.status === 0 ? false : "npm reaches no registry";
}
