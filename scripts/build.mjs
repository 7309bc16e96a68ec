// Compiles src/ to dist/, and bundles what runs. A stale file from an earlier build never survives.
import { spawnSync } from "node:child_process";
import { chmodSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

/** What starts a process, a thread or a program of somebody else. All of them share one copy of everything they have in common. */
const ENTRIES = [
  "index",
  "testing/index",
  "cli/main",
  "cli/serve-child",
  "cli/serve-worker",
  "auth/bcrypt-thread",
  "typescript/register",
  "typescript/strip-types-hook",
];

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");
const compiler = join(root, "node_modules/typescript/bin/tsc");
rmSync(dist, { recursive: true, force: true });
for (const project of ["tsconfig.build.json", "tsconfig.browser.json"]) compile(project);
bundleBrowserScript();
bundleEntries();
chmodSync(join(dist, "cli/main.js"), 0o755);

function compile(project) {
  const tsc = spawnSync(process.execPath, [compiler, "--project", project], { cwd: root, stdio: "inherit" });
  if (tsc.status !== 0) process.exit(tsc.status ?? 1);
}

function bundleBrowserScript() {
  buildSync({
    entryPoints: [join(dist, "browser/frond-script.js")],
    outfile: join(dist, "browser/frond.min.js"),
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
  });
}

/**
 * To find, read and link 650 modules takes longer than to run them: see docs/decisions/0026. What the entries share stands in
 * `dist/chunks/`, as deep as the rooms are, so that paths from there lead to the same places.
 */
function bundleEntries() {
  buildSync({
    entryPoints: ENTRIES.map((name) => join(dist, `${name}.js`)),
    outdir: dist,
    outbase: dist,
    allowOverwrite: true,
    chunkNames: "chunks/[hash]",
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
  });
}
