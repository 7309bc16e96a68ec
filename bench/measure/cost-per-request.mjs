import { availableParallelism } from "node:os";
import { cpuTimesPerRequest } from "./cpu-times-per-request.mjs";
import { counterName, instructionsPerRequest } from "./instructions-per-request.mjs";

/** What a cost is told in. */
export const COST_UNIT = counterName === undefined ? "µs of CPU time" : "thousand instructions";
/** Where a cost comes from. */
export const COST_SOURCE =
  counterName ?? "process.cpuUsage, as neither perf nor valgrind is here: only ratios mean something";

/**
 * What one request costs each of several servers, in `COST_UNIT`.
 *
 * Instructions do not depend on what else the machine does, so as many servers are counted side by side as there are cores.
 *
 * @param subjects Each with a `server` of servers/, a `scenario`, and perhaps `env`.
 */
export async function costsPerRequest(subjects) {
  if (counterName === undefined) return cpuTimesPerRequest(subjects);
  const costs = [];
  let next = 0;
  const countOneAfterAnother = async () => {
    while (next < subjects.length) {
      const index = next;
      next += 1;
      const { server, scenario, env } = subjects[index];
      costs[index] = (await instructionsPerRequest(server, scenario, { env })) / 1000;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, countOneAfterAnother));
  return costs;
}
