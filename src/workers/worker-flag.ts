import cluster from "node:cluster";

/** Tells our workers from those of another program that uses `node:cluster`. It is a flag of Node.js: a list of processes shows it. */
export const WORKER_FLAG = "--title=tina4-worker";

/** Whether this process is a worker that one of our supervisors has started. */
export function isWorker(): boolean {
  return cluster.isWorker && process.execArgv.includes(WORKER_FLAG);
}
