// Tells the process that forked it what it has used so far: { cpu, heap, external, files, timers }.
import { readdirSync } from "node:fs";
import { createApp } from "../../dist/index.js";

const EXTRA_ROUTES = Number(process.env.BENCH_ROUTES ?? 3) - 1;
const OPEN_FILES = "/proc/self/fd";

const app = createApp({
  settings: {
    SECRET: process.env.BENCH_SECRET,
    PORT: process.env.PORT,
    TINA4_HOST: "127.0.0.1",
    TINA4_SESSION_BACKEND: "memory",
    TINA4_RATE_LIMIT: 1_000_000_000,
    TINA4_TRUSTED_PROXIES: "127.0.0.1/32",
    TINA4_CSRF_SINGLE_USE: false,
  },
});
for (let index = 0; index < EXTRA_ROUTES; index += 1) {
  app.get(`/area-${index}/items/{id:int}`, (request) => ({ id: request.params.id }));
}
app.get("/last/items/{id:int}", (request) => ({ id: request.params.id }));
app.get("/hello", () => ({ hello: "world" }));
app.get("/me", { secure: true }, (request) => ({ id: request.user.user_id }));
app.post("/orders", (request) => ({ got: request.body, user: request.user?.user_id }));
app.get("/form", (request, response) => {
  request.session.set("visitor", 42);
  return response.header("X-Form-Token", request.formToken()).text("");
});
app.get("/visit", (request) => ({ visitor: request.session.get("visitor") ?? null }));
app
  .post("/form", ({ body, session }) => ({ name: body.name, visitor: session.get("visitor") }))
  .noAuth()
  .csrf();
await app.listen();

process.on("disconnect", () => process.exit());
process.on("message", () => {
  for (let times = 0; times < 3; times += 1) globalThis.gc?.();
  const { heapUsed: heap, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const timers = process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  process.send({ cpu: user + system, heap, external, files: openFiles(), timers });
});

function openFiles() {
  try {
    return readdirSync(OPEN_FILES).length;
  } catch {
    return Number.NaN; // only Linux shows them
  }
}
