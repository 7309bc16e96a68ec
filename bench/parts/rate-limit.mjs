import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

export const title = "Rate limiter: 1,000,000 distinct clients, 100 requests in 60 seconds";

const OWN = "tina4-ts";
const PEERS = ["rate-limiter-flexible, memory", "express-rate-limit, MemoryStore"];
const MAX_MEGABYTES = 150;
const MAX_MICROSECONDS = 2;
const PROGRAM = fileURLToPath(new URL("../measure/rate-limiter-clients.mjs", import.meta.url));

export async function measure() {
  const seen = {};
  for (const name of [OWN, ...PEERS]) seen[name] = await inOwnProcess(name);
  const { megabytes, fresh, known } = seen[OWN];
  return {
    columns: ["limiter", "memory, MB", "a new client, µs", "a known client, µs"],
    rows: Object.entries(seen).map(([name, of]) => [
      name,
      of.megabytes.toFixed(0),
      of.fresh.toFixed(2),
      of.known.toFixed(2),
    ]),
    notes: [
      "Each limiter has its own process. Memory is what the process has grown by; microseconds are medians of a thousand samples of a thousand checks.",
      "The framework counts in a sliding window; the peers count in fixed windows, in which twice the limit can pass within one window's length.",
    ],
    targets: [
      { what: "memory of a million clients, MB", figure: megabytes, atMost: MAX_MEGABYTES },
      { what: "a check of a new client, µs", figure: fresh, atMost: MAX_MICROSECONDS },
      { what: "a check of a known client, µs", figure: known, atMost: MAX_MICROSECONDS },
    ],
  };
}

async function inOwnProcess(limiter) {
  const { stdout } = await run(process.execPath, ["--expose-gc", PROGRAM, limiter]);
  return JSON.parse(stdout);
}
