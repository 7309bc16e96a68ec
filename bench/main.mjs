// Measures the framework and its peers: npm run bench, or npm run bench -- requests templates
//
// It prints a table and writes it to results/. A part that fails is named there and the others go on; the exit code is always 0,
// because a measurement is no test.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { COST_SOURCE } from "./measure/cost-per-request.mjs";
import { reportOf } from "./measure/report-of.mjs";

const PARTS = [
  "requests",
  "forms",
  "middleware",
  "growth",
  "routes",
  "throughput",
  "workers",
  "logins",
  "start",
  "memory",
  "tokens",
  "rate-limit",
  "session-stores",
  "templates",
];
const NEEDED = [
  { file: "../dist/index.js", remedy: "npm run build" },
  { file: "node_modules/fastify/package.json", remedy: "npm install --prefix bench" },
];

const names = process.argv.slice(2);
const complaints = [
  ...NEEDED.filter(({ file }) => !existsSync(new URL(file, import.meta.url))).map(
    ({ remedy }) => `First run: ${remedy}`,
  ),
  ...names
    .filter((name) => !PARTS.includes(name))
    .map((name) => `No part is called ${name}. There are: ${PARTS.join(", ")}`),
];
if (complaints.length > 0) process.stdout.write(`${complaints.join("\n")}\n`);
else await run(names.length > 0 ? PARTS.filter((name) => names.includes(name)) : PARTS);

async function run(chosen) {
  const results = [];
  for (const name of chosen) {
    process.stderr.write(`${name} … `);
    const start = Date.now();
    results.push({ name, ...(await resultOf(name)) });
    process.stderr.write(`${Math.round((Date.now() - start) / 1000)} s\n`);
  }
  const report = reportOf(results, COST_SOURCE);
  process.stdout.write(`\n${report}`);
  const selection = chosen.length < PARTS.length ? `-${chosen.join("-")}` : "";
  const date = new Date().toISOString().slice(0, "2026-11-23".length);
  const file = `results/node-${process.versions.node}-${date}${selection}.md`;
  mkdirSync(new URL("results/", import.meta.url), { recursive: true });
  writeFileSync(new URL(file, import.meta.url), report);
  process.stdout.write(`\nWritten to bench/${file}\n`);
}

async function resultOf(name) {
  try {
    const { title, measure } = await import(`./parts/${name}.mjs`);
    return { title, ...(await measure()) };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}
