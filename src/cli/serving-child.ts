import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { ServeOptions } from "./serve-project.ts";

const PROGRAM = fileURLToPath(new URL("../cli/serve-child.js", import.meta.url));

/** A process that serves the project in the current folder. */
export interface ServingChild {
  readonly ended: Promise<unknown>;
  isRunning(): boolean;
  /** Whether the keyboard ended it: Ctrl-C goes to every process of a terminal. */
  isInterrupted(): boolean;
  /** Lets it finish what it does, for as long as the grace lasts. */
  stop(graceMs: number): Promise<void>;
}

/** @param onServing Called once the project is loaded. */
export function startServingChild(options: ServeOptions, onServing: () => void): ServingChild {
  const child = fork(PROGRAM, [JSON.stringify(options)]);
  child.once("message", onServing);
  const ended = once(child, "exit");
  return {
    ended,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    isInterrupted: () => child.signalCode === "SIGINT",
    stop: async (graceMs) => {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
      await ended;
      clearTimeout(timer);
    },
  };
}
