// As many workers as TINA4_WORKERS says, with a route that keeps its core busy, so that the load itself needs next to nothing.
import { pbkdf2Sync } from "node:crypto";
import { get, run } from "../../dist/index.js";

const ITERATIONS = 3000;

get("/hello", () => ({ hello: "world" }));
get("/work", () => ({ key: pbkdf2Sync("password", "salt", ITERATIONS, 32, "sha256").toString("hex") }));
await run();
