import { createApp } from "../../dist/index.js";

const MIDDLEWARE_COUNT = 10;

const app = createApp({
  settings: {
    SECRET: process.env.BENCH_SECRET,
    PORT: process.env.PORT,
    TINA4_HOST: "127.0.0.1",
    TINA4_RATE_LIMIT: 1_000_000_000,
  },
});
const answer = () => ({ hello: "world" });

app.get("/hello", answer);
app.get("/none", answer);
app.get("/sync", answer).middleware(...times(() => (request, response, next) => next(request, response)));
app.get("/async", answer).middleware(...times(() => async (request, response, next) => await next(request, response)));
await app.listen();

/** As many different functions, as there would be in a program. */
function times(make) {
  return Array.from({ length: MIDDLEWARE_COUNT }, make);
}
