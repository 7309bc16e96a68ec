// Fastify without plugins, so without any protection.
import fastify from "fastify";
import { PORT } from "./protection.mjs";

const app = fastify();
app.get("/hello", async () => ({ hello: "world" }));
await app.listen({ port: PORT, host: "127.0.0.1" });
