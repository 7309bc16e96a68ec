import { spawn } from "node:child_process";
import { get } from "node:http";
import { cpuMilliseconds } from "./cpu-milliseconds.mjs";

const TIMEOUT_MS = 30_000;
const LISTENING = /listens on (http:\/\/\S+)/;

/**
 * Starts a server that prints where it listens, asks it one thing, and stops it.
 *
 * @param args What `node` is called with.
 * @param path What is asked for; the answer must be 200.
 * @returns Milliseconds from the start of the process to the end of its answer, and how many of a processor it took.
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
    return { time: performance.now() - began, cpu: cpuMilliseconds(child.pid) };
  } finally {
    clearTimeout(late);
    child.kill("SIGTERM");
    await ended;
  }
}

/** The same of a process that does nothing and ends. */
export async function emptyProcess() {
  const began = performance.now();
  const child = spawn(process.execPath, ["-p", "JSON.stringify(process.cpuUsage())"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  child.stdout.on("data", (chunk) => {
    printed += chunk;
  });
  await new Promise((resolve) => child.once("close", resolve));
  const { user, system } = JSON.parse(printed);
  return { time: performance.now() - began, cpu: (user + system) / 1000 };
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
