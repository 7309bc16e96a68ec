// Fastify with a session and a form token, which can be used again.
import cookie from "@fastify/cookie";
import cors from "@fastify/cors";
import csrf from "@fastify/csrf-protection";
import formbody from "@fastify/formbody";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import session from "@fastify/session";
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
await app.register(formbody);
await app.register(cookie);
await app.register(session, { secret: SECRET, cookie: { secure: false } });
await app.register(csrf, { sessionPlugin: "@fastify/session", getToken: ({ body }) => body.formToken });
app.addHook("onRequest", async (request, reply) => {
  reply.header("permissions-policy", PERMISSIONS_POLICY).header("x-request-id", request.id);
});

app.get("/hello", async () => ({ hello: "world" }));
app.get("/form", async (request, reply) => {
  request.session.visitor = 42;
  return reply.header("x-form-token", reply.generateCsrf()).send("");
});
app.post("/form", { preValidation: app.csrfProtection }, async ({ body, session: visit }) => ({
  name: body.name,
  visitor: visit.visitor,
}));
await app.listen({ port: PORT, host: "127.0.0.1" });
