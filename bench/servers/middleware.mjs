import { tina4App } from "./tina4-app.mjs";

const MIDDLEWARE_COUNT = 10;

const app = tina4App();
const answer = () => ({ hello: "world" });

app.get("/none", answer);
app.get("/sync", answer).middleware(...times(() => (request, response, next) => next(request, response)));
app.get("/async", answer).middleware(...times(() => async (request, response, next) => await next(request, response)));
await app.listen();

/** As many different functions, as there would be in a program. */
function times(make) {
  return Array.from({ length: MIDDLEWARE_COUNT }, make);
}
