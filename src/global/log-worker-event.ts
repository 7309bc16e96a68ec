import type { Logger, LogLevel } from "../log/logger.ts";
import type { WorkerEvent } from "../workers/worker-event.ts";

const ENTRIES: { readonly [Kind in WorkerEvent["kind"]]: readonly [LogLevel, string] } = {
  crashed: ["error", "a worker crashed, and another takes its place"],
  "not-started": ["error", "a worker did not start, and is tried again"],
  hung: ["warn", "a worker did not serve in time, and was killed"],
  rolling: ["info", "the workers are replaced one by one"],
  rolled: ["info", "all workers are new"],
  "roll-failed": ["error", "a new worker did not start, so those that serve go on"],
  killed: ["warn", "a worker did not finish in time, and was killed"],
};

/** Writes one line of the log for what happens among workers. */
export function logWorkerEvent(log: Logger, { kind, ...fields }: WorkerEvent): void {
  const [level, message] = ENTRIES[kind];
  log[level](fields, message);
}
