import { fileURLToPath } from "node:url";
import { emptyProcess, firstAnswer } from "../measure/first-answer.mjs";
import { median } from "../measure/median.mjs";
import { routeProject } from "../measure/route-project.mjs";
import { takeTurns } from "../measure/take-turns.mjs";

const ROUNDS = 9;
const TARGET_MS = 300;
const CLI = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

export const title = "Start: from the process to its first answer, 100 routes in 10 files";

export async function measure() {
  const projects = {
    ts: routeProject("ts"),
    js: routeProject("js"),
    fastify: routeProject("fastify"),
    express: routeProject("express"),
  };
  const serve = ({ folder, lastPath }) => firstAnswer([CLI, "serve", folder, "--port", "0"], lastPath);
  const program = ({ main, lastPath }) => firstAnswer([main], lastPath);
  const starters = [
    ["an empty process", emptyProcess],
    ["tina4 serve, TypeScript", () => serve(projects.ts)],
    ["tina4 serve, JavaScript", () => serve(projects.js)],
    ["fastify, bare", () => program(projects.fastify)],
    ["express, bare", () => program(projects.express)],
  ];
  const samples = await takeTurns(starters, ROUNDS, ([, start]) => start()).finally(() => {
    for (const { remove } of Object.values(projects)) remove();
  });
  const times = samples.map((ofOne) => median(ofOne.map(({ time }) => time)));
  const cpus = samples.map((ofOne) => median(ofOne.map(({ cpu }) => cpu)));
  return {
    columns: ["what", "ms", "ms of a processor", "× an empty process"],
    rows: starters.map(([name], index) => [
      name,
      times[index].toFixed(0),
      cpus[index].toFixed(0),
      (cpus[index] / cpus[0]).toFixed(1),
    ]),
    notes: [
      `Medians of ${ROUNDS} starts that take turns. What else the machine does lengthens the first figure most, the last one least.`,
    ],
    targets: [
      { what: "start to first answer in ms, TypeScript", figure: Math.round(times[1]), atMost: TARGET_MS },
      { what: "start to first answer in ms, JavaScript", figure: Math.round(times[2]), atMost: TARGET_MS },
    ],
  };
}
