import cluster, { type Worker } from "node:cluster";
import { WORKER_FLAG } from "./worker-flag.ts";
import { asWorkerMessage, type WorkerMessage } from "./worker-message.ts";
import type { ServingNotice, WorkerEnd, WorkerProcess } from "./worker-process.ts";

/** What a worker runs. */
export interface WorkerProgram {
  readonly file: string;
  readonly args: readonly string[];
  /** Variables of this process that workers are not to inherit. */
  readonly hiddenVariables?: readonly string[];
}

/** Starts a process whose servers share their ports with all others that this process has started so. */
export function startClusterWorker({ file, args, hiddenVariables = [] }: WorkerProgram): WorkerProcess {
  cluster.setupPrimary({ exec: file, args: [...args], execArgv: [...process.execArgv, WORKER_FLAG] });
  const worker = cluster.fork(Object.fromEntries(hiddenVariables.map((name) => [name, undefined])));
  let isServing = false;
  const serving = new Promise<ServingNotice>((resolve) => {
    worker.on("message", (received: unknown) => {
      const message = asWorkerMessage(received);
      if (message?.tina4 === "last") send(worker, message);
      if (message?.tina4 !== "serving") return;
      isServing = true;
      resolve(message);
    });
  });
  const ended = new Promise<WorkerEnd>((resolve) => {
    worker.once("exit", (code: number | null, signal: string | null) => resolve({ code, signal }));
    // The process could not be made, or a message not be sent: the end follows, or was before.
    worker.on("error", () => {
      if (worker.process.pid === undefined) resolve({ code: 1, signal: null });
    });
  });
  return {
    serving,
    ended,
    finish: (reason) => {
      if (isServing) send(worker, { tina4: "finish", reason });
      else worker.process.kill("SIGTERM");
    },
    kill: () => worker.process.kill("SIGKILL"),
  };
}

function send(worker: Worker, message: WorkerMessage): void {
  if (worker.isConnected()) worker.send(message, () => {});
}
