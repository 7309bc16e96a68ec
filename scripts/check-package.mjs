// Packs the package and has two judges look at the file: publint (is it packed right?) and attw (do its types fit what runs?).
// Both come by npx in a fixed version, so that nobody installs them to work on the source. Ends with 1 when one finds something.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "tina4-package-"));
try {
  const [packed] = JSON.parse(run("npm", "pack", "--ignore-scripts", "--json", "--pack-destination", folder));
  const file = join(folder, packed.filename);
  console.log(run("npx", "--yes", "publint@0.3.25", "--strict", file));
  // The package is ES modules. `require` reads them from Node.js 20.19 on, which attw does not know: see docs/package.md.
  console.log(run("npx", "--yes", "@arethetypeswrong/cli@0.18.5", "--profile", "esm-only", file));
} finally {
  rmSync(folder, { recursive: true });
}

function run(program, ...args) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: "utf8" });
  if (status === 0) return stdout;
  console.error(stdout + stderr);
  throw new Error(`${program} ${args[1] ?? args[0]} has found something.`);
}
