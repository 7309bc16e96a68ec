import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { BENCH_SECRET } from "./count-instructions.mjs";
import { freePort } from "./free-port.mjs";

const START_TIMEOUT_MS = 15_000;
const TRY_AGAIN_MS = 50;

/**
 * Starts a server of servers/ on a free port of this machine.
 *
 * @returns Its origin, and a function that stops it.
 */
export async function startServer(name) {
  const port = await freePort();
  const file = fileURLToPath(new URL(`servers/${name}.mjs`, import.meta.url));
  const env = { ...process.env, PORT: String(port), BENCH_SECRET, SECRET: BENCH_SECRET };
  const child = spawn(process.execPath, [file], { env, stdio: ["ignore", "ignore", "inherit"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const origin = `http://127.0.0.1:${port}`;
  const end = Date.now() + START_TIMEOUT_MS;
  while (!(await answers(origin))) {
    if (child.exitCode !== null || Date.now() > end) throw new Error(`${name} did not start.`);
    await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
  }
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  return { origin, stop };
}

async function answers(origin) {
  return fetch(`${origin}/hello`).then(
    () => true,
    () => false,
  );
}
