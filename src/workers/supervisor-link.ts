import cluster, { type Worker } from "node:cluster";
import { isWorker } from "./worker-flag.ts";
import { asWorkerMessage, type WorkerMessage } from "./worker-message.ts";
import type { FinishReason, ServingNotice } from "./worker-process.ts";

const LAST_WORD_MS = 1000;

/** What a worker has of its supervisor. */
export class SupervisorLink {
  readonly #worker: Worker;

  private constructor(worker: Worker) {
    this.#worker = worker;
    process.channel?.ref(); // even to listen, a worker has to be answered by its supervisor
  }

  /** @returns `undefined` in a process that no supervisor has started. */
  static find(): SupervisorLink | undefined {
    return isWorker() && cluster.worker !== undefined ? new SupervisorLink(cluster.worker) : undefined;
  }

  /** @param finish Is told once that this process is to end, also when its supervisor is gone: nobody else would end it then. */
  onFinish(finish: (reason: FinishReason) => void): void {
    process.on("message", (message: unknown) => {
      const received = asWorkerMessage(message);
      if (received?.tina4 === "finish") finish(received.reason);
    });
    this.#worker.once("disconnect", () => {
      // Node.js would end this process at once, unless it leaves by its own will.
      this.#worker.disconnect();
      finish("SIGTERM");
    });
    // A terminal that is closed, or a signal to the whole group, is for the supervisor to answer.
    process.on("SIGHUP", () => {});
  }

  reportServing({ url, contents }: ServingNotice): void {
    this.#send({ tina4: "serving", url, contents });
  }

  /**
   * Waits until all connections that were on their way to this process have come. Its server is closed, so that Node.js has then
   * handed them on to another worker; an exit before that would lose them.
   */
  async handBackConnections(): Promise<void> {
    if (!this.#worker.isConnected()) return;
    await new Promise<void>((resolve) => {
      setTimeout(resolve, LAST_WORD_MS);
      this.#worker.once("disconnect", resolve);
      process.on("message", (message: unknown) => {
        if (asWorkerMessage(message)?.tina4 === "last") resolve();
      });
      this.#send({ tina4: "last" });
    });
  }

  #send(message: WorkerMessage): void {
    if (this.#worker.isConnected()) this.#worker.send(message, () => {});
  }
}
