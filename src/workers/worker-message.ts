import type { FinishReason, ServingNotice } from "./worker-process.ts";

/** What a worker and its supervisor say to each other. Other messages on the same channel are none of theirs. */
export type WorkerMessage =
  | ({ readonly tina4: "serving" } & ServingNotice)
  | { readonly tina4: "finish"; readonly reason: FinishReason }
  /** Is answered with the same word: what was sent before has then arrived. */
  | { readonly tina4: "last" };

/** Reads a message, if it is one of these. Both ends are of one program, so that its shape needs no further look. */
export function asWorkerMessage(message: unknown): WorkerMessage | undefined {
  const isOurs = typeof message === "object" && message !== null && "tina4" in message;
  return isOurs ? (message as WorkerMessage) : undefined;
}
