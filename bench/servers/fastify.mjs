// Fastify with the plugins that a guide to its security names.
import cors from "@fastify/cors";
import helmet from "@fastify/helmet";
import jwt from "@fastify/jwt";
import rateLimit from "@fastify/rate-limit";
import fastify from "fastify";
import {
  EXPOSED_HEADERS,
  HELMET,
  ORIGIN,
  PERMISSIONS_POLICY,
  PORT,
  RATE_LIMIT,
  RATE_WINDOW_MS,
  requestId,
  SECRET,
} from "./protection.mjs";

const app = fastify({ genReqId: requestId });
await app.register(helmet, HELMET);
await app.register(cors, { origin: [ORIGIN], exposedHeaders: EXPOSED_HEADERS });
await app.register(rateLimit, { max: RATE_LIMIT, timeWindow: RATE_WINDOW_MS });
await app.register(jwt, { secret: SECRET });
app.addHook("onRequest", async (request, reply) => {
  reply.header("permissions-policy", PERMISSIONS_POLICY).header("x-request-id", request.id);
});
const authenticated = { onRequest: async (request) => request.jwtVerify() };

app.get("/hello", async () => ({ hello: "world" }));
app.get("/me", authenticated, async ({ user }) => ({ id: user.user_id }));
app.post("/orders", authenticated, async ({ body, user }) => ({ got: body, user: user.user_id }));
await app.listen({ port: PORT, host: "127.0.0.1" });
