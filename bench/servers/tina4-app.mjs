import { createApp } from "../../dist/index.js";
import { PORT, RATE_LIMIT, SECRET } from "./protection.mjs";

/** This framework as it is by default, besides what is set. */
export function tina4App(settings = {}) {
  const app = createApp({
    settings: { SECRET, PORT, TINA4_HOST: "127.0.0.1", TINA4_RATE_LIMIT: RATE_LIMIT, ...settings },
  });
  app.get("/hello", () => ({ hello: "world" }));
  return app;
}
