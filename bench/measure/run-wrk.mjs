import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ORIGIN } from "../servers/protection.mjs";

const run = promisify(execFile);
const CONNECTIONS = 32;
const TIMEOUT = "--timeout=10s";
const SERVER_CORE = "0";
const LOAD_CORE = "1";

/** Whether servers and load can each have a core of their own. */
export const hasOwnCores = availableParallelism() > 1 && spawnSync("taskset", ["--version"]).error === undefined;
/** What runs a server on its own core. */
export const ON_SERVER_CORE = hasOwnCores ? ["taskset", "-c", SERVER_CORE, process.execPath] : [process.execPath];

/**
 * Sends as many requests as 32 connections can for some seconds.
 *
 * @param options.isPinned Whether wrk keeps to the core that servers do not use.
 * @returns Requests per second, and two percentiles of latency in milliseconds.
 */
export async function runWrk(origin, scenario, seconds, { isPinned = hasOwnCores } = {}) {
  if (spawnSync("wrk", ["--version"]).error !== undefined)
    throw new Error("Throughput is measured by wrk, which is not here.");
  const folder = mkdtempSync(join(tmpdir(), "tina4-wrk-"));
  const script = join(folder, "scenario.lua");
  writeFileSync(script, luaOf(scenario));
  const wrk = ["wrk", "-t1", `-c${CONNECTIONS}`, `-d${seconds}s`, TIMEOUT, "-s", script, origin + scenario.path];
  const [program, ...words] = isPinned ? ["taskset", "-c", LOAD_CORE, ...wrk] : wrk;
  const { stdout } = await run(program, words).finally(() => rmSync(folder, { recursive: true }));
  const { refused, lost, ...result } = JSON.parse(stdout.trim().split("\n").at(-1));
  if (refused + lost > 0)
    throw new Error(`Of the requests for ${scenario.path} ${refused} were refused and ${lost} lost.`);
  return result;
}

function luaOf({ method = "GET", headers = {}, body = "" }) {
  const lines = Object.entries({ Origin: ORIGIN, ...headers }).map(
    ([name, value]) => `wrk.headers[${JSON.stringify(name)}] = ${JSON.stringify(value)}`,
  );
  return `wrk.method = ${JSON.stringify(method)}
wrk.body = ${JSON.stringify(body)}
${lines.join("\n")}
function done(summary, latency)
  local errors = summary.errors
  local lost = errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format('{"perSecond":%f,"p50":%f,"p99":%f,"refused":%d,"lost":%d}\\n', summary.requests * 1e6 / summary.duration,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, errors.status, lost))
end
`;
}
