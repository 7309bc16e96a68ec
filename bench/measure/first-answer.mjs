import { spawn } from "node:child_process";
import { get } from "node:http";

const TIMEOUT_MS = 30_000;
const LISTENING = /listens on (http:\/\/\S+)/;

/**
 * Starts a server that prints where it listens, asks it one thing, and stops it.
 *
 * @param args What `node` is called with.
 * @param path What is asked for; the answer must be 200.
 * @returns Milliseconds from the start of the process to the end of its answer.
 */
export async function firstAnswer(args, path) {
  const began = performance.now();
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const late = setTimeout(() => child.kill("SIGKILL"), TIMEOUT_MS);
  try {
    const origin = await Promise.race([printedOrigin(child), ended.then(() => undefined)]);
    if (origin === undefined) throw new Error(`node ${args.join(" ")} ended before it listened.`);
    await answer(`${origin}${path}`);
    return performance.now() - began;
  } finally {
    clearTimeout(late);
    child.kill("SIGTERM");
    await ended;
  }
}

/** @returns Milliseconds until a process that does nothing has ended. */
export async function emptyProcess() {
  const began = performance.now();
  const child = spawn(process.execPath, ["-e", "0"], { stdio: "ignore" });
  await new Promise((resolve) => child.once("exit", resolve));
  return performance.now() - began;
}

function printedOrigin(child) {
  return new Promise((resolve) => {
    let printed = "";
    child.stdout.on("data", (chunk) => {
      printed += chunk;
      const origin = LISTENING.exec(printed)?.[1];
      if (origin !== undefined) resolve(origin);
    });
  });
}

function answer(url) {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, (response) => {
      response.resume();
      response.on("end", () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`${url}: ${response.statusCode}`)),
      );
    }).on("error", reject);
  });
}
