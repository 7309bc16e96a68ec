import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "./free-port.mjs";
import { BENCH_SECRET } from "./secret.mjs";

// Under valgrind a large framework needs minutes to start on a machine that is busy.
const START_TIMEOUT_MS = 600_000;
const TRY_AGAIN_MS = 100;

/**
 * Starts a server of servers/ on a free port of this machine, in a folder of its own.
 *
 * @param name The name of its file, which answers GET /hello and reads PORT and BENCH_SECRET.
 * @param options.command What runs it, before its file: Node.js unless told.
 * @param options.env Variables besides those two.
 * @param options.hasChannel Whether it can be sent messages.
 * @returns Its origin, its port, its process, and a function that stops it.
 */
export async function startServer(name, { command = [process.execPath], env = {}, hasChannel = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "tina4-bench-"));
  const port = await freePort();
  const [program, ...words] = [...command, fileURLToPath(new URL(`../servers/${name}.mjs`, import.meta.url))];
  const child = spawn(program, words, {
    cwd: folder,
    env: { ...process.env, PORT: String(port), BENCH_SECRET, SECRET: BENCH_SECRET, ...env },
    stdio: ["ignore", "ignore", "inherit", hasChannel ? "ipc" : "ignore"],
  });
  const ended = new Promise((settle) => {
    child.once("exit", settle);
    child.once("error", settle);
  });
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const origin = `http://127.0.0.1:${port}`;
  if (await hasAnswered(origin, ended)) return { origin, port, child, stop };
  await stop();
  throw new Error(`The server ${name} did not start.`);
}

async function hasAnswered(origin, ended) {
  let isGone = false;
  ended.then(() => {
    isGone = true;
  });
  for (const end = Date.now() + START_TIMEOUT_MS; !isGone && Date.now() < end; ) {
    if (await answers(origin)) return true;
    await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
  }
  return false;
}

async function answers(origin) {
  return fetch(`${origin}/hello`).then(
    (answer) => answer.arrayBuffer().then(() => true),
    () => false,
  );
}
