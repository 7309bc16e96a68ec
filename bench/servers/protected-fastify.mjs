import cors from "@fastify/cors";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import fastify from "fastify";
import {
  EXPOSED_HEADERS,
  HELMET,
  ORIGIN,
  PERMISSIONS_POLICY,
  RATE_LIMIT,
  RATE_WINDOW_MS,
  requestId,
} from "./protection.mjs";

/** Fastify with the plugins that a guide to its security names. */
export async function protectedFastify() {
  const app = fastify({ genReqId: requestId });
  await app.register(helmet, HELMET);
  await app.register(cors, { origin: [ORIGIN], exposedHeaders: EXPOSED_HEADERS });
  await app.register(rateLimit, { max: RATE_LIMIT, timeWindow: RATE_WINDOW_MS });
  app.addHook("onRequest", async (request, reply) => {
    reply.header("permissions-policy", PERMISSIONS_POLICY).header("x-request-id", request.id);
  });
  app.get("/hello", async () => ({ hello: "world" }));
  return app;
}
