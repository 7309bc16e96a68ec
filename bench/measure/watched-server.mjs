import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { BENCH_SECRET } from "../count-instructions.mjs";
import { freePort } from "../free-port.mjs";
import { openPipeline } from "./pipeline.mjs";

const START_TIMEOUT_MS = 30_000;
const TRY_AGAIN_MS = 50;
const FILE = fileURLToPath(new URL("../servers/growth.mjs", import.meta.url));

/**
 * Starts servers/growth.mjs, with a connection to it.
 *
 * @param routes How many routes with a parameter it has, at least 1.
 * @returns `send` puts requests on the connection, see `openPipeline`; `used` tells what the process has used so far.
 */
export async function startWatchedServer({ routes = 3, showsMemory = false } = {}) {
  const port = await freePort();
  const env = { ...process.env, PORT: String(port), BENCH_SECRET, BENCH_ROUTES: String(routes) };
  const execArgv = showsMemory ? ["--expose-gc"] : [];
  const child = fork(FILE, { env, execArgv, stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const ended = once(child, "exit");
  const stop = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  try {
    const pipeline = await connected(port, child);
    const used = async () => {
      child.send("used");
      return (await once(child, "message"))[0];
    };
    return { origin: `http://127.0.0.1:${port}`, send: pipeline.send, used, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function connected(port, child) {
  const end = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const pipeline = await openPipeline(port).catch(() => undefined);
    if (pipeline !== undefined) return pipeline;
    if (child.exitCode !== null || Date.now() > end) throw new Error("servers/growth.mjs did not start.");
    await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
  }
}
