import { fileURLToPath } from "node:url";
import { median } from "./median.mjs";
import { openVisitor } from "./open-visitor.mjs";
import { startServer } from "./start-server.mjs";

const WARM_UP_REQUESTS = 5000;
const ROUNDS = 9;
const REQUESTS_PER_ROUND = Number(process.env.BENCH_REQUESTS ?? 2000);
const COMMAND = [process.execPath, "--import", fileURLToPath(new URL("report-cpu-time.mjs", import.meta.url))];

/**
 * Microseconds of CPU time per request of several servers, in rounds that take turns: only their ratios mean something.
 *
 * @param subjects What `costsPerRequest` takes.
 */
export async function cpuTimesPerRequest(subjects) {
  const opened = [];
  try {
    for (const subject of subjects) opened.push(await open(subject));
    for (const { send } of opened) await send(WARM_UP_REQUESTS);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const { child, send, samples } of opened) {
        const before = await cpuTime(child);
        await send(REQUESTS_PER_ROUND);
        samples.push(((await cpuTime(child)) - before) / REQUESTS_PER_ROUND);
      }
    }
  } finally {
    for (const { stop } of opened) await stop();
  }
  return opened.map(({ samples }) => median(samples));
}

async function open({ server, scenario, env = {} }) {
  const { port, child, stop } = await startServer(server, { command: COMMAND, env, channel: true });
  return { child, stop, send: openVisitor(port, scenario), samples: [] };
}

function cpuTime(child) {
  return new Promise((resolve) => {
    child.once("message", ({ user, system }) => resolve(user + system));
    child.send("cpu-time");
  });
}
