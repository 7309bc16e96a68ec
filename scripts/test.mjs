// Runs test files: `node scripts/test.mjs [folder or file …]`, all of test/ without arguments.
// It ends with the skipped tests and why, and with the counts: `# tests 812`, `# pass 810`, …
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** What hangs fails, instead of holding up everything. Not every version of Node.js applies the first one to a file as a whole. */
const TEST_TIMEOUT_MS = 180_000;
const RUN_TIMEOUT_MS = 1_800_000;

const root = fileURLToPath(new URL("..", import.meta.url));
const loader = join(root, "dist/typescript/register.js");

const places = process.argv.length > 2 ? process.argv.slice(2) : ["test"];
const files = places.flatMap((place) => testFiles(resolve(root, place)));
if (files.length === 0) throw new Error(`No test file in ${places.join(", ")}.`);
if (!process.features.typescript && !existsSync(loader)) {
  throw new Error(`Node.js ${process.version} needs \`npm run build\` before the tests.`);
}

const folder = mkdtempSync(join(tmpdir(), "tina4-test-"));
const record = join(folder, "results.tap");
const reporters = [
  ["spec", "stdout"],
  ["tap", record],
].flatMap(([name, destination]) => [`--test-reporter=${name}`, `--test-reporter-destination=${destination}`]);
const flags = [
  ...(process.features.typescript ? [] : ["--import", loader]),
  "--test",
  `--test-concurrency=${availableParallelism()}`,
  `--test-timeout=${TEST_TIMEOUT_MS}`,
];
const run = spawnSync(process.execPath, [...flags, ...reporters, ...files], {
  cwd: root,
  stdio: "inherit",
  timeout: RUN_TIMEOUT_MS,
});

const results = existsSync(record) ? readFileSync(record, "utf8").split("\n") : [];
rmSync(folder, { recursive: true });
const skipped = results.filter((line) => /^\s*ok .* # SKIP/.test(line)).map((line) => line.trim());
const counts = results.filter((line) =>
  /^# (?:tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) \d/.test(line),
);
console.log([...skipped, `# Node.js ${process.version}`, ...counts].join("\n"));

const anyPassed = counts.some((line) => /^# pass [1-9]/.test(line));
if (run.error !== undefined) console.error(`The tests were ended: ${run.error.message}`);
else if (!anyPassed) console.error("No test has passed.");
process.exitCode = run.status === 0 && anyPassed ? 0 : 1;

/** The test files of a place, sorted. Folders named `fixtures` hold none. */
function testFiles(place) {
  if (statSync(place).isFile()) return [place];
  return readdirSync(place, { withFileTypes: true })
    .filter(({ name }) => name !== "fixtures")
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(place, entry.name);
      if (entry.isDirectory()) return testFiles(path);
      return entry.name.endsWith(".test.ts") ? [path] : [];
    });
}
