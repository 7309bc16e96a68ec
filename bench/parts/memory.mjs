import { formVisitors } from "../measure/form-visitors.mjs";
import { requestText, sendAhead } from "../measure/pipeline.mjs";
import { SCENARIOS } from "../measure/scenarios.mjs";
import { startWatchedServer } from "../measure/start-watched-server.mjs";

const REQUESTS = Number(process.env.BENCH_REQUESTS ?? 1_000_000);
const STEPS = 10;
/** Before it code is compiled, the heap finds its size, and the limiter comes to remember the requests of a whole minute. */
const SETTLED_STEP = 6;
const VISITORS = 100;
const CLIENTS = 1024;
const MAX_BYTES_PER_REQUEST = 1;
const KILOBYTE = 1000;

export const title = `Memory, after ${REQUESTS.toLocaleString("en")} requests`;

/** What is kept of a request, were it a single pointer, would be 8 bytes of growth per request. */
export async function measure() {
  const server = await startWatchedServer("growth", { collectsGarbage: true });
  try {
    const requestAt = await mixedRequests(server.origin);
    const seen = [];
    for (let step = 1; step <= STEPS; step += 1) {
      const statuses = await sendAhead(server.port, REQUESTS / STEPS, requestAt);
      seen.push({ requests: (step * REQUESTS) / STEPS, statuses, ...(await server.used()) });
    }
    return report(seen);
  } finally {
    await server.stop();
  }
}

function report(seen) {
  const settled = seen[SETTLED_STEP - 1];
  const last = seen.at(-1);
  const grown = last.heap + last.external - settled.heap - settled.external;
  const perRequest = grown / (last.requests - settled.requests);
  return {
    columns: ["requests", "heap, KB", "outside of it, KB", "open files", "timers"],
    rows: seen.map(({ requests, heap, external, files, timers }) => [
      requests.toLocaleString("en"),
      (heap / KILOBYTE).toFixed(0),
      (external / KILOBYTE).toFixed(0),
      String(files),
      String(timers),
    ]),
    notes: [
      `GET /hello, /me, /visit and a path that nobody has, POST /orders and /form, in turn, by ${CLIENTS} clients of whom ${VISITORS} have a session; measured after a full collection.`,
      `The last tenth was answered ${Object.entries(last.statuses)
        .map(([status, count]) => `${status} ${count} times`)
        .join(", ")}.`,
    ],
    targets: [
      {
        what: `bytes kept of a request, from ${settled.requests} on`,
        figure: perRequest,
        atMost: MAX_BYTES_PER_REQUEST,
      },
      { what: "files opened and never closed", figure: last.files - settled.files, atMost: 0 },
      { what: "timers started and never ended", figure: last.timers - settled.timers, atMost: 0 },
    ],
  };
}

async function mixedRequests(origin) {
  const visitors = await formVisitors(origin, VISITORS);
  const { me, orders } = SCENARIOS;
  const mix = [
    () => requestOf({ path: "/hello" }),
    () => requestOf(me),
    () => requestOf(orders),
    () => requestOf({ path: "/nobody/has/this" }),
    (formPost) => requestOf(formPost),
    ({ headers: { Cookie } }) => requestOf({ path: "/visit", headers: { Cookie } }),
  ];
  const texts = Array.from({ length: mix.length * CLIENTS }, (_, index) => {
    const client = `10.1.${(index >> 8) % 4}.${index & 255}`;
    return mix[index % mix.length](visitors[index % VISITORS])(client);
  });
  return (index) => texts[index % texts.length];
}

function requestOf({ method = "GET", path, headers, body }) {
  return (client) => requestText(method, path, { ...headers, "X-Forwarded-For": client }, body);
}
