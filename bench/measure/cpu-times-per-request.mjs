import { cpuTimeOf } from "./cpu-time-of.mjs";
import { median } from "./median.mjs";
import { openVisitor } from "./open-visitor.mjs";
import { startWatchedServer } from "./start-watched-server.mjs";
import { takeTurns } from "./take-turns.mjs";

const WARM_UP_REQUESTS = 5000;
const ROUNDS = 9;
const REQUESTS_PER_ROUND = Number(process.env.BENCH_REQUESTS ?? 2000);

/**
 * Microseconds of CPU time per request of several servers, in rounds that take turns: only their ratios mean something.
 *
 * @param subjects What `costsPerRequest` takes.
 */
export async function cpuTimesPerRequest(subjects) {
  const servers = [];
  try {
    for (const { server, scenario, env } of subjects) {
      const opened = await startWatchedServer(server, { env });
      servers.push({ ...opened, send: openVisitor(opened.port, scenario) });
    }
    for (const { send } of servers) await send(WARM_UP_REQUESTS);
    const samples = await takeTurns(servers, ROUNDS, (server) => cpuTimeOf(server, REQUESTS_PER_ROUND, server.send));
    return samples.map(median);
  } finally {
    for (const { stop } of servers) await stop();
  }
}
