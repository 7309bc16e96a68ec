import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { BENCH_SECRET } from "../count-instructions.mjs";
import { freePort } from "../free-port.mjs";
import { requestText, sendAhead } from "./pipeline.mjs";

const START_TIMEOUT_MS = 30_000;
const TRY_AGAIN_MS = 50;
const FILE = fileURLToPath(new URL("../servers/growth.mjs", import.meta.url));

/**
 * Starts servers/growth.mjs.
 *
 * @param routes How many routes with a parameter it has, at least 1.
 * @returns `send` asks it, see `sendAhead`; `used` tells what the process has used so far.
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
    await listening(port, child);
    const send = (count, requestAt) => sendAhead(port, count, requestAt);
    const used = async () => {
      child.send("used");
      return (await once(child, "message"))[0];
    };
    return { origin: `http://127.0.0.1:${port}`, send, used, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function listening(port, child) {
  const end = Date.now() + START_TIMEOUT_MS;
  const hello = () => requestText("GET", "/hello");
  const answers = () => sendAhead(port, 1, hello).then(Boolean, () => false);
  while (!(await answers())) {
    if (child.exitCode !== null || Date.now() > end) throw new Error("servers/growth.mjs did not start.");
    await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
  }
}
