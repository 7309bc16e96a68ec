import { cpuTimeOf } from "../measure/cpu-time-of.mjs";
import { formVisitors } from "../measure/form-visitors.mjs";
import { median } from "../measure/median.mjs";
import { requestText, sendAhead } from "../measure/pipeline.mjs";
import { startWatchedServer } from "../measure/start-watched-server.mjs";
import { takeTurns } from "../measure/take-turns.mjs";

const ROUNDS = 15;
const REQUESTS_PER_ROUND = 400;
const WARM_UP_REQUESTS = 4000;
const FEW_ROUTES = 3;
const MANY_ROUTES = 10_000;
/** At most so many requests bring a server to its state, where a whole run would take too long. */
const MAX_LIVED = Number(process.env.BENCH_REQUESTS ?? 500_000);
/** CPU time on a machine that does other work too is not exact to a tenth. */
const MAX_GROWTH = 1.15;

export const title = "Growth: what a request costs a server with much behind it, against one with little";

const CLIENT = { "X-Forwarded-For": clientAddress(0) };
const ROUTED = "/last/items/42";

/** What a server is brought to, by how many requests of which kind or by its routes, and what it is asked then. */
const SUBJECTS = [
  { name: "live sessions", lived: 100_000, live: newSession, asked: [{ path: "/visit" }] },
  { name: "known clients", lived: 100_000, live: newClient, asked: [{ path: "/hello" }] },
  { name: "requests behind it", lived: 500_000, live: hello, asked: [{ path: "/hello" }] },
  {
    name: "routes",
    routes: MANY_ROUTES,
    asked: [
      { path: ROUTED },
      { method: "HEAD", path: ROUTED },
      { method: "OPTIONS", path: ROUTED },
      { method: "PUT", path: ROUTED, answer: ", 405" },
      { path: "/area-9000/items/none", answer: ", 404" },
    ],
  },
];

/** Measures one subject after the other, each against a young server that takes turns with it. */
export async function measure() {
  const results = [];
  for (const subject of SUBJECTS) results.push(...(await compare(subject)));
  return {
    columns: ["what there is", "asked", "µs, young server", "µs", "ratio"],
    rows: results.map(({ name, asked, young, old, ratio }) => [
      name,
      asked,
      young.toFixed(1),
      old.toFixed(1),
      ratio.toFixed(2),
    ]),
    notes: [`CPU time of the server per request; medians of ${ROUNDS} rounds in which both take turns.`],
    targets: results.map(({ name, asked, ratio }) => ({
      what: `${asked} with ${name}, × a young server`,
      figure: ratio,
      atMost: MAX_GROWTH,
    })),
  };
}

async function compare({ name, lived = 0, live, routes = FEW_ROUTES, asked }) {
  const count = Math.min(lived, MAX_LIVED);
  const servers = [];
  try {
    servers.push(await startWatchedServer("growth"));
    servers.push(await startWatchedServer("growth", { env: { BENCH_ROUTES: String(routes) } }));
    const headers = [];
    for (const server of servers) headers.push({ ...CLIENT, ...(await sessionOf(server)) });
    if (count > 0) await sendAhead(servers[1].port, count, live);
    const results = [];
    for (const { method = "GET", path, answer = "" } of asked) {
      const texts = headers.map((own) => requestText(method, path, own));
      const what = `${(count || routes).toLocaleString("en")} ${name}`;
      results.push({ name: what, asked: `${method} ${path}${answer}`, ...(await costsOf(servers, texts)) });
    }
    return results;
  } finally {
    for (const { stop } of servers) await stop();
  }
}

async function costsOf(servers, texts) {
  const asked = servers.map((server, index) => ({
    ...server,
    send: (count) => sendAhead(server.port, count, () => texts[index]),
  }));
  for (const { send } of asked) await send(WARM_UP_REQUESTS);
  const samples = await takeTurns(asked, ROUNDS, (server) => cpuTimeOf(server, REQUESTS_PER_ROUND, server.send));
  const [young, old] = samples.map(median);
  return { young, old, ratio: median(samples[1].map((sample, round) => sample / samples[0][round])) };
}

async function sessionOf({ origin }) {
  const [{ headers }] = await formVisitors(origin, 1);
  return { Cookie: headers.Cookie };
}

function newSession() {
  return requestText("GET", "/form", CLIENT);
}

function newClient(index) {
  return requestText("GET", "/hello", { "X-Forwarded-For": clientAddress(index) });
}

function hello() {
  return requestText("GET", "/hello", CLIENT);
}

function clientAddress(index) {
  return `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
}
