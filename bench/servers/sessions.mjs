import { createApp } from "../../dist/index.js";

const app = createApp({
  settings: {
    SECRET: process.env.BENCH_SECRET,
    PORT: process.env.PORT,
    TINA4_SESSION_BACKEND: process.env.BENCH_SESSION_BACKEND ?? "memory",
    TINA4_HOST: "127.0.0.1",
    TINA4_RATE_LIMIT: 1_000_000_000,
    TINA4_CORS_ORIGINS: "https://app.example.com",
    TINA4_FRESH_TOKEN: process.env.BENCH_FRESH_TOKEN ?? "true",
    TINA4_CSRF_SINGLE_USE: process.env.BENCH_SINGLE_USE ?? "true",
  },
});
app.get("/hello", () => ({ hello: "world" }));
app.get("/me", { secure: true }, (request) => ({ id: request.user.user_id }));
app.get("/form", (request, response) => {
  request.session.set("visitor", 42);
  return response.header("X-Form-Token", request.formToken()).text("");
});
app
  .post("/form", ({ body, session }) => ({ name: body.name, visitor: session.get("visitor") }))
  .noAuth()
  .csrf();
await app.listen();
