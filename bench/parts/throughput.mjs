import { median } from "../measure/median.mjs";
import { hasOwnCores, ON_SERVER_CORE, runWrk } from "../measure/run-wrk.mjs";
import { SCENARIOS } from "../measure/scenarios.mjs";
import { startServer } from "../measure/start-server.mjs";
import { takeTurns } from "../measure/take-turns.mjs";

const SECURED = ["sketch", "tina4", "fastify"];
const SERVERS = {
  hello: [...SECURED, "raw", "fastify-bare", "hono", "koa", "express", "adonis"],
  me: SECURED,
  orders: SECURED,
};
const WARM_UP_SECONDS = 2;
const ROUND_SECONDS = 1;
const ROUNDS = 5;

export const title = "Throughput and latency: wrk, 32 connections, rounds that take turns";

export async function measure() {
  const rows = [];
  for (const [scenario, servers] of Object.entries(SERVERS)) rows.push(...(await compare(scenario, servers)));
  return {
    columns: ["scenario", "server", "requests/s", "× sketch", "p50 ms", "× sketch", "p99 ms", "× sketch"],
    rows,
    notes: [
      `Medians of ${ROUNDS} rounds of ${ROUND_SECONDS} s; each ratio is the median of the ratios within a round.`,
      hasOwnCores
        ? "The servers share one core and wrk has another; they are not the only programs there, so only ratios mean something."
        : "Servers and wrk share their cores, so only ratios mean something, and those little.",
    ],
    targets: [],
  };
}

async function compare(scenario, servers) {
  const load = ({ origin }, seconds) => runWrk(origin, SCENARIOS[scenario], seconds);
  const opened = [];
  let samples;
  try {
    for (const name of servers) opened.push(await startServer(name, { command: ON_SERVER_CORE }));
    for (const server of opened) await load(server, WARM_UP_SECONDS);
    samples = await takeTurns(opened, ROUNDS, (server) => load(server, ROUND_SECONDS));
  } finally {
    for (const { stop } of opened) await stop();
  }
  const [sketch] = samples;
  return samples.map((results, index) => [
    scenario,
    servers[index],
    median(results.map(({ perSecond }) => perSecond)).toFixed(0),
    ratio(results, sketch, "perSecond"),
    median(results.map(({ p50 }) => p50)).toFixed(2),
    ratio(results, sketch, "p50"),
    median(results.map(({ p99 }) => p99)).toFixed(2),
    ratio(results, sketch, "p99"),
  ]);
}

function ratio(results, sketch, key) {
  return median(results.map((result, round) => result[key] / sketch[round][key])).toFixed(2);
}
