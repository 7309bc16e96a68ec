// User-mode instructions per request, this framework and its peers against the sketch: node bench/instructions.mjs [scenario …]
//
// The peers are installed by `npm install` in this folder. BENCH_SERVERS=sketch,tina4 measures those two only.
import { counterName, instructionsPerRequest } from "./count-instructions.mjs";
import { SCENARIOS } from "./scenarios.mjs";

const SERVERS = ["sketch", "tina4", "fastify", "hono", "koa", "express"];

const servers = process.env.BENCH_SERVERS?.split(",") ?? SERVERS;
const scenarios = process.argv.slice(2).length > 0 ? process.argv.slice(2) : Object.keys(SCENARIOS);
process.stdout.write(`Node ${process.version}, counted by ${counterName}\n`);
for (const name of scenarios) {
  let sketch;
  for (const server of servers) {
    const cost = await instructionsPerRequest(server, SCENARIOS[name]);
    sketch ??= cost;
    const ratio = (cost / sketch).toFixed(2);
    process.stdout.write(`${name.padEnd(8)}${server.padEnd(10)}${String(cost).padStart(9)}${ratio.padStart(7)}\n`);
  }
}
