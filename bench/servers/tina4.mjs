import { createApp } from "../../dist/index.js";

const app = createApp({
  settings: {
    SECRET: process.env.BENCH_SECRET,
    PORT: process.env.PORT,
    TINA4_HOST: "127.0.0.1",
    TINA4_RATE_LIMIT: 1_000_000_000,
    TINA4_CORS_ORIGINS: "https://app.example.com",
    TINA4_FRESH_TOKEN: false,
  },
});
app.get("/hello", () => ({ hello: "world" }));
app.get("/me", { secure: true }, (request) => ({ id: request.user.user_id }));
app.post("/orders", (request) => ({ got: request.body, user: request.user?.user_id }));
await app.listen();
