// Compiles src/ to dist/, and bundles the browser's script. A stale file from an earlier build never survives.
import { spawnSync } from "node:child_process";
import { chmodSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const compiler = join(root, "node_modules/typescript/bin/tsc");
rmSync(join(root, "dist"), { recursive: true, force: true });
for (const project of ["tsconfig.build.json", "tsconfig.browser.json"]) compile(project);
buildSync({
  entryPoints: [join(root, "dist/browser/frond-script.js")],
  outfile: join(root, "dist/browser/frond.min.js"),
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
});
chmodSync(join(root, "dist/cli/main.js"), 0o755);

function compile(project) {
  const tsc = spawnSync(process.execPath, [compiler, "--project", project], { cwd: root, stdio: "inherit" });
  if (tsc.status !== 0) process.exit(tsc.status ?? 1);
}
