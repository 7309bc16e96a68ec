// Which lines and branches of the rooms that protect are run by their own tests: `npm run coverage`, or with names of rooms.
// It ends with exit code 1 when one is not. Nothing is left out of the count.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PROTECTING_ROOMS, ROOMS_THAT_REACH_THEM } from "./protecting-rooms.mjs";

const RUN_TIMEOUT_MS = 1_200_000;
/** A file without any of these holds types only, and is never loaded. */
const CODE = /^(?:export )?(?:async )?(?:const|let|function|class)\b/m;

const root = fileURLToPath(new URL("..", import.meta.url));
if (!process.features.typescript)
  throw new Error(`Node.js ${process.version} cannot count by source file: use 22.18 or later.`);

const rooms = process.argv.length > 2 ? process.argv.slice(2) : PROTECTING_ROOMS;
const counted = countedFiles(runTests());
let missed = 0;
console.log("room          files   lines     branches");
for (const room of rooms) {
  const files = sourceFiles(room).map(
    (path) => counted.get(path) ?? { path, lines: [0], branches: [0], missing: ["never loaded"] },
  );
  const share = (kind) => percentage(files.flatMap((file) => file[kind]));
  console.log(`${room.padEnd(12)} ${String(files.length).padStart(6)}  ${share("lines")}  ${share("branches")}`);
  for (const { path, missing } of files.filter((file) => file.missing.length > 0)) {
    console.log(`  ${path}: ${missing.join(", ")}`);
    missed += missing.length;
  }
}
process.exitCode = missed === 0 ? 0 : 1;

/** Runs the rooms' tests in one process, and returns what its coverage reporter wrote, in the format of lcov. */
function runTests() {
  const folder = mkdtempSync(join(tmpdir(), "tina4-coverage-"));
  const record = join(folder, "coverage.info");
  const flags = [
    "--test",
    "--experimental-test-isolation=none",
    "--experimental-test-coverage",
    ...rooms.map((room) => `--test-coverage-include=src/${room}/**`),
    ...["--test-reporter=dot", "--test-reporter-destination=stderr"],
    ...["--test-reporter=lcov", `--test-reporter-destination=${record}`],
  ];
  const { status } = spawnSync(
    process.execPath,
    [...flags, ...[...PROTECTING_ROOMS, ...Object.values(ROOMS_THAT_REACH_THEM).flat()].flatMap(testFiles)],
    {
      cwd: root,
      env: { ...process.env, NODE_NO_WARNINGS: "1" },
      stdio: ["ignore", "inherit", "inherit"],
      timeout: RUN_TIMEOUT_MS,
    },
  );
  if (status !== 0) throw new Error(`The tests ended with ${status}, so there is nothing to count.`);
  const report = readFileSync(record, "utf8");
  rmSync(folder, { recursive: true });
  return report;
}

/** Per file how often each line and branch ran, and the lines on which something did not. */
function countedFiles(report) {
  const files = report.split("end_of_record").filter((record) => record.includes("SF:"));
  return new Map(
    files.map((record) => {
      const [, path] = /^SF:(.*)$/m.exec(record);
      const lines = [...record.matchAll(/^DA:(\d+),(\d+)/gm)];
      const branches = [...record.matchAll(/^BRDA:(\d+),.*,(\d+)$/gm)];
      const missing = [
        ...lines.filter(([, , hits]) => hits === "0").map(([, line]) => `line ${line}`),
        ...branches.filter(([, , hits]) => hits === "0").map(([, line]) => `branch at line ${line}`),
      ];
      return [path, { path, lines: hitsOf(lines), branches: hitsOf(branches), missing }];
    }),
  );
}

function hitsOf(matches) {
  return matches.map(([, , hits]) => Number(hits));
}

function percentage(hits) {
  const share = (100 * hits.filter((count) => count > 0).length) / hits.length;
  return `${share.toFixed(2)} %`.padStart(8);
}

function sourceFiles(room) {
  return readdirSync(join(root, "src", room), { recursive: true })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `src/${room}/${name}`)
    .filter((path) => CODE.test(readFileSync(join(root, path), "utf8")));
}

function testFiles(room) {
  return readdirSync(join(root, "test", room), { recursive: true })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => `test/${room}/${name}`);
}
