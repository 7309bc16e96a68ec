import { cpuMilliseconds } from "../measure/cpu-milliseconds.mjs";
import { median } from "../measure/median.mjs";
import { runWrk } from "../measure/run-wrk.mjs";
import { startServer } from "../measure/start-server.mjs";
import { takeTurns } from "../measure/take-turns.mjs";

const WARM_UP_SECONDS = 2;
const ROUND_SECONDS = 3;
const ROUNDS = 5;
const TIMES_ONE_WORKER_AT_LEAST = 1.8;
// Two busy workers that get less than this of two cores shared them with other programs: their ratio says nothing.
const FREE_CORES = 1.8;
const ENV = { TINA4_HOST: "127.0.0.1", TINA4_RATE_LIMIT: "1000000000" };

export const title = "Workers: one and two";

export async function measure() {
  const work = await compare({ path: "/work" });
  const hello = await compare({ path: "/hello" });
  const isFree = median(work.two.map(({ cores }) => cores)) >= FREE_CORES;
  return {
    columns: ["route", "workers", "requests/s", "× one", "CPU seconds a second", "requests per CPU second"],
    rows: [...rowsOf("/work", work), ...rowsOf("/hello", hello)],
    notes: [
      "/work hashes for about a millisecond, so wrk needs next to nothing of the cores; at /hello wrk wants a core for itself.",
      "CPU seconds a second are what the workers got of the cores; requests per CPU second tell what a second worker loses.",
      ...(isFree ? [] : ["Two cores were not free for two workers, so their ratio is not held to its target."]),
    ],
    targets: isFree ? [{ what: "two workers, × one", figure: work.ratio, atLeast: TIMES_ONE_WORKER_AT_LEAST }] : [],
  };
}

async function compare(scenario) {
  const opened = [];
  try {
    for (const count of ["1", "2"])
      opened.push(await startServer("workers", { env: { ...ENV, TINA4_WORKERS: count } }));
    for (const server of opened) await load(server, scenario, WARM_UP_SECONDS);
    const [one, two] = await takeTurns(opened, ROUNDS, (server) => load(server, scenario, ROUND_SECONDS));
    return { one, two, ratio: median(two.map(({ perSecond }, round) => perSecond / one[round].perSecond)) };
  } finally {
    for (const { stop } of opened) await stop();
  }
}

async function load({ origin, child }, scenario, seconds) {
  const before = cpuMilliseconds(child.pid);
  const { perSecond } = await runWrk(origin, scenario, seconds, { isPinned: false });
  const cores = (cpuMilliseconds(child.pid) - before) / (seconds * 1000);
  return { perSecond, cores, perCpuSecond: perSecond / cores };
}

function rowsOf(path, { one, two, ratio }) {
  return [
    [path, "1", ...cellsOf(one, 1)],
    [path, "2", ...cellsOf(two, ratio)],
  ];
}

function cellsOf(results, ratio) {
  const middle = (key) => median(results.map((result) => result[key]));
  return [
    middle("perSecond").toFixed(0),
    ratio.toFixed(2),
    middle("cores").toFixed(2),
    middle("perCpuSecond").toFixed(0),
  ];
}
