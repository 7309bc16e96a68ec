// Counts the user-mode instructions that a server needs for one request, by the processor's counter or under valgrind.
//
// Clock time on a shared machine swings by a factor of two; instructions do not. The server is warmed up first, uncounted.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "./median.mjs";
import { openVisitor } from "./open-visitor.mjs";
import { perfCounter } from "./perf-counter.mjs";
import { startServer } from "./start-server.mjs";
import { valgrindCounter } from "./valgrind-counter.mjs";

// By then the compiler has little left to do, on Node.js 24 too. What it made for one connection it makes anew for the second.
const WARM_UP_TURNS = 12;
const WARM_UP_REQUESTS = 3000;
// The compiler still comes back at times: the middle one of several turns leaves it out.
const COUNTED_TURNS = 5;
const COUNTED_REQUESTS = Number(process.env.BENCH_REQUESTS ?? 1500);

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
  const { command, count } = counter.prepare(folder);
  const { port, child, stop } = await startServer(server, { command, env });
  const send = openVisitor(port, scenario);
  const totals = [];
  try {
    for (let turn = 0; turn < WARM_UP_TURNS; turn += 1) await send(WARM_UP_REQUESTS);
    for (let turn = 0; turn < COUNTED_TURNS; turn += 1) {
      totals.push(await count(child.pid, () => send(COUNTED_REQUESTS)));
    }
  } finally {
    await stop();
    rmSync(folder, { recursive: true });
  }
  if (totals.some(Number.isNaN)) throw new Error(`${counter.name} left no count of ${server}.`);
  return Math.round(median(totals) / COUNTED_REQUESTS);
}
