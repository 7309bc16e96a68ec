import { formVisitors } from "../measure/form-visitors.mjs";
import { requestText } from "../measure/pipeline.mjs";
import { startWatchedServer } from "../measure/watched-server.mjs";

const ROUNDS = 21;
const REQUESTS_PER_ROUND = 500;
const WARM_UP_REQUESTS = 10_000;
const MANY_ROUTES = 10_000;
/** CPU time on a machine that does other work too is not exact to a tenth. */
const MAX_GROWTH = 1.15;

export const title = "Growth: what a request costs a server with much behind it, against one with little";

const ROUTED = { path: "/last/items/42" };
const CLIENT = { "X-Forwarded-For": clientAddress(0) };

/**
 * What a server is brought to, and what it is asked then. `lived` makes the requests that bring it there; the server that it is
 * compared with has the same requests behind it, by one client, without a session.
 */
const SUBJECTS = [
  { name: "10,000 live sessions", lived: 10_000, live: newSession, asked: { path: "/visit" }, hasSession: true },
  { name: "100,000 live sessions", lived: 100_000, live: newSession, asked: { path: "/visit" }, hasSession: true },
  { name: "100,000 known clients", lived: 100_000, live: newClient, asked: { path: "/hello" } },
  { name: "500,000 requests behind it", lived: 500_000, live: () => hello(), asked: { path: "/hello" } },
  { name: `${MANY_ROUTES} routes, GET`, routes: MANY_ROUTES, asked: ROUTED },
  { name: `${MANY_ROUTES} routes, HEAD`, routes: MANY_ROUTES, asked: { ...ROUTED, method: "HEAD" } },
  { name: `${MANY_ROUTES} routes, OPTIONS`, routes: MANY_ROUTES, asked: { ...ROUTED, method: "OPTIONS" } },
  { name: `${MANY_ROUTES} routes, 405`, routes: MANY_ROUTES, asked: { ...ROUTED, method: "PUT" } },
  { name: `${MANY_ROUTES} routes, 404`, routes: MANY_ROUTES, asked: { path: "/area-9000/items/none" } },
];

/** Measures one subject after the other, each against a young server that takes turns with it. */
export async function measure() {
  const results = [];
  for (const subject of SUBJECTS) results.push({ name: subject.name, ...(await compare(subject)) });
  return {
    columns: ["what", "µs, little behind it", "µs, much behind it", "ratio"],
    rows: results.map(({ name, little, much, ratio }) => [name, little.toFixed(1), much.toFixed(1), ratio.toFixed(2)]),
    notes: [`CPU time of the server per request: the median of ${ROUNDS} rounds in which both took turns.`],
    targets: results.map(({ name, ratio }) => ({
      what: `${name}, × little`,
      figure: Number(ratio.toFixed(3)),
      atMost: MAX_GROWTH,
    })),
  };
}

async function compare({ lived = 0, live, asked, hasSession = false, routes }) {
  const servers = [];
  try {
    servers.push(await startWatchedServer());
    servers.push(await startWatchedServer({ routes }));
    const texts = [];
    for (const [index, server] of servers.entries()) {
      const headers = { ...CLIENT, ...(hasSession ? await sessionOf(server) : {}) };
      texts.push(requestText(asked.method ?? "GET", asked.path, headers));
      if (index === 1 && live !== undefined) await server.send(lived, live);
    }
    for (const [index, { send }] of servers.entries()) await send(WARM_UP_REQUESTS, () => texts[index]);
    return await takeTurns(servers, texts);
  } finally {
    for (const { stop } of servers) await stop();
  }
}

async function takeTurns(servers, texts) {
  const samples = servers.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, { send, used }] of servers.entries()) {
      const { cpu } = await used();
      await send(REQUESTS_PER_ROUND, () => texts[index]);
      samples[index].push(((await used()).cpu - cpu) / REQUESTS_PER_ROUND);
    }
  }
  const [little, much] = samples.map(median);
  return { little, much, ratio: median(samples[1].map((sample, round) => sample / samples[0][round])) };
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

function median(samples) {
  return [...samples].sort((one, other) => one - other)[samples.length >> 1];
}
