// Counts the user-mode instructions that a server needs for one request.
//
// Clock time on a shared machine swings by a factor of two; instructions do not. Where the processor's counter can be read
// (perf stat) it is used, else the server runs under valgrind, which counts exactly and is slow.
// The cost of one request is the difference of two runs of different length, so that start-up and warm-up cancel out.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "./free-port.mjs";

export const BENCH_SECRET = "k3y-for-measuring-only-k3y-for-measuring-only-";
const WARM_UP_REQUESTS = Number(process.env.BENCH_REQUESTS ?? 4000);
const MEASURED_REQUESTS = WARM_UP_REQUESTS;
const OWN_CHECKOUT = fileURLToPath(new URL("..", import.meta.url));
const START_TIMEOUT_MS = 180_000;
const SIGN_OF_LIFE = { path: "/hello" };

const hasCounter = !spawnSync("perf", ["stat", "-e", "instructions:u", "true"], { encoding: "utf8" }).stderr?.includes(
  "not supported",
);
/** What the figures are counted with. */
export const counterName = hasCounter ? "perf stat" : "valgrind";

/**
 * @param server The name of a file in servers/, which answers GET /hello and reads PORT and BENCH_SECRET.
 * @param scenario A request, or a function that makes each one from the answer before it, which is `undefined` at first.
 * @param checkout The folder of another checkout, built, whose server is to be measured.
 */
export async function instructionsPerRequest(server, scenario, checkout = OWN_CHECKOUT) {
  const file = resolve(checkout, `bench/servers/${server}.mjs`);
  const short = await totalInstructions(file, scenario, WARM_UP_REQUESTS);
  const long = await totalInstructions(file, scenario, WARM_UP_REQUESTS + MEASURED_REQUESTS);
  return Math.round((long - short) / MEASURED_REQUESTS);
}

async function totalInstructions(file, scenario, requests) {
  const folder = mkdtempSync(join(tmpdir(), "tina4-bench-"));
  const log = join(folder, "count");
  const port = await freePort();
  const counter = hasCounter
    ? ["perf", "stat", "-x,", "-e", "instructions:u", "-o", log]
    : [
        "valgrind",
        "--tool=cachegrind",
        "--cache-sim=no",
        "--smc-check=all-non-file",
        "--cachegrind-out-file=/dev/null",
        `--log-file=${log}`,
      ];
  const env = { ...process.env, PORT: String(port), SECRET: BENCH_SECRET, BENCH_SECRET };
  const child = spawn(counter[0], [...counter.slice(1), process.execPath, "--single-threaded", file], {
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  try {
    await Promise.race([answers(port), exited.then(() => Promise.reject(new Error(`${file} ended early.`)))]);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const next = typeof scenario === "function" ? scenario : () => scenario;
    let answer;
    for (let count = 0; count < requests; count += 1) answer = await send(port, agent, next(answer));
    agent.destroy();
  } finally {
    child.kill("SIGTERM");
    await exited;
  }
  const text = readFileSync(log, "utf8");
  rmSync(folder, { recursive: true });
  const digits = hasCounter ? text.match(/^(\d+),/m)?.[1] : text.match(/I +refs: +([\d,]+)/)?.[1];
  if (digits === undefined) throw new Error(`No count in: ${text}`);
  return Number(digits.replaceAll(",", ""));
}

async function answers(port) {
  const end = Date.now() + START_TIMEOUT_MS;
  const agent = new Agent({ keepAlive: false });
  for (;;) {
    const reached = await send(port, agent, SIGN_OF_LIFE).then(
      () => true,
      () => false,
    );
    if (reached) return;
    if (Date.now() > end) throw new Error("The server did not start.");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function send(port, agent, { path, method = "GET", headers = {}, body }) {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "Content-Length": Buffer.byteLength(body) };
    const all = { Origin: "https://app.example.com", ...headers, ...length };
    const outgoing = request({ host: "127.0.0.1", port, path, method, agent, headers: all }, (answer) => {
      answer.resume();
      answer.on("end", () =>
        answer.statusCode === 200 ? resolve(answer) : reject(new Error(`Status ${answer.statusCode}`)),
      );
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
