// Counts the user-mode instructions that a server needs for one request, by the processor's counter or under valgrind.
//
// Clock time on a shared machine swings by a factor of two; instructions do not. The server is warmed up first, uncounted.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openVisitor } from "./open-visitor.mjs";
import { perfCounter } from "./perf-counter.mjs";
import { startServer } from "./start-server.mjs";
import { valgrindCounter } from "./valgrind-counter.mjs";

// By then the compiler has nothing left to do. What it made for one connection it makes anew for the second, so there are several.
const WARM_UP_CONNECTIONS = 5;
const WARM_UP_REQUESTS_EACH = 3000;
const MEASURED_REQUESTS = Number(process.env.BENCH_REQUESTS ?? 5000);

const counter = [perfCounter, valgrindCounter].find(({ isThere }) => isThere());

/** What instructions are counted with on this machine; `undefined` when nothing is there. */
export const counterName = counter?.name;

/**
 * @param server The name of a file in servers/.
 * @param scenario A request, or a function that makes each one from the answer before it, which is `undefined` at first.
 * @param options.env Variables besides those that each server is given.
 */
export async function instructionsPerRequest(server, scenario, { env } = {}) {
  if (counter === undefined) throw new Error("Instructions are counted by perf or valgrind, and neither is here.");
  const folder = mkdtempSync(join(tmpdir(), "tina4-count-"));
  const count = counter.prepare(folder);
  const { port, child, stop } = await startServer(server, { command: count.command, env });
  const send = openVisitor(port, scenario);
  try {
    for (let turn = 0; turn < WARM_UP_CONNECTIONS; turn += 1) await send(WARM_UP_REQUESTS_EACH);
    await count.begin(child.pid);
    await send(MEASURED_REQUESTS);
    await count.end();
  } finally {
    await stop();
  }
  const instructions = count.total() / MEASURED_REQUESTS;
  rmSync(folder, { recursive: true });
  if (Number.isNaN(instructions)) throw new Error(`${counter.name} left no count of ${server}.`);
  return Math.round(instructions);
}
