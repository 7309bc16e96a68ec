import { fileURLToPath } from "node:url";
import { emptyProcess, firstAnswer } from "../measure/first-answer.mjs";
import { routeProject } from "../measure/route-project.mjs";

const ROUNDS = 9;
const TARGET_MS = 300;
const CLI = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

export const title = "Start: from the process to its first answer, 100 routes in 10 files";

/** Each round starts them all in turn, so that what else the machine does meets them alike. */
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
    ["node -e 0 (ends)", emptyProcess],
    ["tina4 serve, TypeScript", () => serve(projects.ts)],
    ["tina4 serve, JavaScript", () => serve(projects.js)],
    ["fastify, bare", () => program(projects.fastify)],
    ["express, bare", () => program(projects.express)],
  ];
  const times = starters.map(() => []);
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [index, [, start]] of starters.entries()) times[index].push(await start());
    }
  } finally {
    for (const { remove } of Object.values(projects)) remove();
  }
  const medians = times.map((samples) => samples.sort((one, other) => one - other)[ROUNDS >> 1]);
  return {
    columns: ["what", "ms, median", "ms, fastest", "× node -e 0"],
    rows: starters.map(([name], index) => [
      name,
      medians[index].toFixed(0),
      times[index][0].toFixed(0),
      (medians[index] / medians[0]).toFixed(2),
    ]),
    notes: [`Medians of ${ROUNDS} interleaved starts; the load of the machine is in them.`],
    targets: [
      { what: "start to first answer in ms, TypeScript", figure: Math.round(medians[1]), atMost: TARGET_MS },
      { what: "start to first answer in ms, JavaScript", figure: Math.round(medians[2]), atMost: TARGET_MS },
    ],
  };
}
