// Breaks the rooms that protect, one small change at a time, and sees whether a test fails each time:
// `npm run mutate -- csrf src/auth/access-rule.ts`. It ends with the score of each file and the changes that no test noticed.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isQuick, PROTECTING_ROOMS, ROOMS_THAT_REACH_THEM } from "../protecting-rooms.mjs";
import { openParser } from "./mutants-of.mjs";
import { Workbench } from "./workbench.mjs";

/** A mutant may loop for ever; a run that takes this many times as long as without a change, and a while more, is ended. */
const PATIENCE = 3;
const PATIENCE_MS = 10_000;

const root = fileURLToPath(new URL("../..", import.meta.url));
const explained = JSON.parse(readFileSync(new URL("equivalent-mutants.json", import.meta.url), "utf8"));

const files = process.argv.slice(2).flatMap(sourceFiles);
if (files.length === 0) throw new Error(`Name rooms or files. The rooms are ${PROTECTING_ROOMS.join(", ")}.`);
if (!process.features.typescript)
  throw new Error(`Node.js ${process.version} cannot run the tests of a mutant: use 22.18 or later.`);

const parser = openParser(root);
const benches = Array.from({ length: availableParallelism() }, () => new Workbench(root));
process.once("SIGINT", () => {
  clearUp();
  process.exit(130);
});
let survivorCount = 0;
try {
  console.log("file, mutants, failed, crashed, timeout, explained, survived");
  for (const file of files) survivorCount += await mutateFile(file);
} finally {
  clearUp();
}
process.exitCode = survivorCount === 0 ? 0 : 1;

function clearUp() {
  parser.close();
  for (const bench of benches) bench.remove();
}

/** Prints the outcome of one file, and returns how many of its mutants survived without an explanation. */
async function mutateFile(file) {
  const reasons = explained[file] ?? [];
  const groups = testGroups(file);
  const timeoutMs = await timeWithoutChange(file, groups);
  const counts = { failed: 0, crashed: 0, timeout: 0, explained: 0, survived: 0 };
  const mutants = parser.mutantsOf(join(root, file));
  const waiting = mutants.filter((mutant) => !isExplained(mutant, reasons));
  counts.explained = mutants.length - waiting.length;
  await Promise.all(
    benches.map(async (bench) => {
      for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
        const outcome = await bench.run(file, mutant.text, groups, timeoutMs);
        counts[outcome] += 1;
        if (outcome === "survived") console.log(`  survived: ${inWords(`${file}:${mutant.line}`, mutant)}`);
      }
    }),
  );
  console.log([file, mutants.length, ...Object.values(counts)].join(", "));
  const stale = reasons.filter((reason) => !mutants.some((mutant) => isExplained(mutant, [reason])));
  for (const reason of stale) console.log(`  explained, but not there any more: ${inWords(file, reason)}`);
  return counts.survived;
}

function inWords(place, { change, source }) {
  return `${place}: ${change}\n    ${source}`;
}

/** A mutant that changes nothing must survive: else the tests, or this program, fail for another reason. */
async function timeWithoutChange(file, groups) {
  const start = performance.now();
  const nothing = `${readFileSync(join(root, file), "utf8")}// A change that changes nothing.\n`;
  const outcome = await benches[0].run(file, nothing, groups, 600_000);
  if (outcome !== "survived") throw new Error(`The tests of ${file} do not pass without a change: ${outcome}.`);
  return PATIENCE * (performance.now() - start) + PATIENCE_MS;
}

function isExplained({ source, change }, reasons) {
  return reasons.some((reason) => reason.source === source && reason.change === change);
}

/** The file's own test, then the others of its room, then those of rooms that reach it: most mutants end in the first. */
function testGroups(file) {
  const room = file.split("/")[1];
  const own = file.replace(/^src/, "test").replace(/\.ts$/, ".test.ts");
  const groups = [[own], testFiles(room), ...(ROOMS_THAT_REACH_THEM[room] ?? []).map(testFiles)];
  return groups
    .map((tests, place) => tests.filter((test) => existsSync(join(root, test)) && (place === 0 || test !== own)))
    .filter((tests) => tests.length > 0);
}

function testFiles(room) {
  return readdirSync(join(root, "test", room), { recursive: true })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => `test/${room}/${name}`)
    .filter(isQuick)
    .sort();
}

function sourceFiles(place) {
  if (place.endsWith(".ts")) return [place];
  if (!PROTECTING_ROOMS.includes(place)) throw new Error(`"${place}" is no room that protects.`);
  return readdirSync(join(root, "src", place), { recursive: true })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `src/${place}/${name}`);
}
