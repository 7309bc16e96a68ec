import { COST_UNIT, costsPerRequest } from "../measure/cost-per-request.mjs";
import { newBearers } from "../measure/new-bearers.mjs";
import { SCENARIOS } from "../measure/scenarios.mjs";

const FRAMEWORKS = ["sketch", "tina4", "fastify", "hono", "koa", "express", "adonis"];
const VERIFYING = ["sketch", "tina4", "fastify"];
const SERVERS = {
  hello: ["raw", "raw-headers", "fastify-bare", ...FRAMEWORKS],
  me: FRAMEWORKS,
  orders: FRAMEWORKS,
  anew: VERIFYING,
};
const TIMES_SKETCH_AT_MOST = 1.1;
const TIMES_FASTIFY_AT_MOST = 0.5;

export const title = "Requests: all protection on, except raw, raw-headers and fastify-bare";

/** BENCH_SERVERS=sketch,tina4 measures those two only. */
export async function measure() {
  const wanted = process.env.BENCH_SERVERS?.split(",");
  const subjects = Object.entries(SERVERS).flatMap(([scenario, servers]) =>
    servers
      .filter((server) => wanted?.includes(server) ?? true)
      .map((server) => ({ name: scenario, server, scenario: SCENARIOS[scenario] ?? newBearers() })),
  );
  const costs = await costsPerRequest(subjects);
  const costOf = (scenario, server) =>
    costs[subjects.findIndex((subject) => subject.name === scenario && subject.server === server)];
  return {
    columns: ["scenario", "server", COST_UNIT, "× sketch"],
    rows: subjects.map(({ name, server }, index) => {
      const ratio = costs[index] / costOf(name, "sketch");
      return [name, server, costs[index].toFixed(1), ratio.toFixed(2)];
    }),
    notes: [
      "raw-headers does nothing but write the headers that all others answer with: no framework on node:http can be cheaper.",
      "hello is GET /hello; me needs a Bearer token, HS256; orders is a POST of 48 bytes of JSON with that token.",
      "anew is me with another token each time; else it is the same one, whose signature tina4 remembers.",
    ],
    targets: Object.keys(SERVERS).flatMap((scenario) => targetsOf(scenario, costOf)),
  };
}

function targetsOf(scenario, costOf) {
  const own = costOf(scenario, "tina4");
  return [
    { what: `${scenario}, × sketch`, figure: own / costOf(scenario, "sketch"), atMost: TIMES_SKETCH_AT_MOST },
    {
      what: `${scenario}, × Fastify with plugins`,
      figure: own / costOf(scenario, "fastify"),
      atMost: TIMES_FASTIFY_AT_MOST,
    },
  ].filter(({ figure }) => Number.isFinite(figure));
}
