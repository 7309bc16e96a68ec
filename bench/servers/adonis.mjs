// AdonisJS with its own security packages, started by its Ignitor from this one file.
import { Ignitor } from "@adonisjs/core";
import { defineConfig as defineBodyParser } from "@adonisjs/core/bodyparser";
import { defineConfig as defineHttp } from "@adonisjs/core/http";
import { defineConfig as defineLogger } from "@adonisjs/core/logger";
import { defineConfig as defineCors } from "@adonisjs/cors";
import { defineConfig as defineLimiter, stores } from "@adonisjs/limiter";
import { defineConfig as defineShield } from "@adonisjs/shield";
import {
  CSP_DIRECTIVES,
  EXPOSED_HEADERS,
  ORIGIN,
  PERMISSIONS_POLICY,
  RATE_LIMIT,
  RATE_WINDOW_MS,
  requestId,
  SECRET,
} from "./protection.mjs";
import { verifyToken } from "./verify-token.mjs";

process.env.HOST = "127.0.0.1";

const config = {
  app: { appKey: SECRET, http: defineHttp({}) },
  logger: defineLogger({ default: "app", loggers: { app: { enabled: false } } }),
  bodyparser: defineBodyParser({}),
  cors: defineCors({ origin: [ORIGIN], credentials: false, exposeHeaders: EXPOSED_HEADERS }),
  limiter: defineLimiter({ default: "memory", stores: { memory: stores.memory({}) } }),
  shield: defineShield({
    csp: { enabled: true, directives: directivesByCamelCase() },
    csrf: { enabled: false },
    hsts: { enabled: false },
    xFrame: { enabled: true, action: "SAMEORIGIN" },
    contentTypeSniffing: { enabled: true },
  }),
};
const providers = [
  () => import("@adonisjs/core/providers/app_provider"),
  () => import("@adonisjs/cors/cors_provider"),
  () => import("@adonisjs/limiter/limiter_provider"),
  () => import("@adonisjs/shield/shield_provider"),
];

await new Ignitor(new URL(".", import.meta.url))
  .tap((app) => {
    app.rcContents({ providers });
    app.useConfig(config);
    app.booted(serve);
  })
  .httpServer()
  .start();

async function serve(app) {
  const server = await app.container.make("server");
  const router = await app.container.make("router");
  const limiter = await app.container.make("limiter.manager");
  const limitRate = limiter.define("all", () => limiter.allowRequests(RATE_LIMIT).every(RATE_WINDOW_MS / 1000));

  server.use([() => import("@adonisjs/cors/cors_middleware")]);
  router.use([
    () => import("@adonisjs/shield/shield_middleware"),
    () => import("@adonisjs/core/bodyparser_middleware"),
    async () => ({ default: RemainingHeaders }),
  ]);
  router.get("/hello", () => ({ hello: "world" })).use(limitRate);
  router.get("/me", ({ user }) => ({ id: user.user_id })).use([limitRate, authenticated]);
  router
    .post("/orders", ({ request, user }) => ({ got: request.body(), user: user.user_id }))
    .use([limitRate, authenticated]);
}

/** The headers that shield does not know. */
class RemainingHeaders {
  handle({ response }, next) {
    response.header("Referrer-Policy", "strict-origin-when-cross-origin");
    response.header("X-XSS-Protection", "0");
    response.header("Permissions-Policy", PERMISSIONS_POLICY);
    response.header("X-Request-ID", requestId());
    return next();
  }
}

function authenticated(context, next) {
  try {
    const token = context.request.header("Authorization").slice("Bearer ".length);
    context.user = verifyToken(token);
  } catch {
    return context.response.status(401).send({ error: "Invalid or expired token" });
  }
  return next();
}

function directivesByCamelCase() {
  const camelCase = (name) => name.replace(/-(.)/g, (_hyphen, letter) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(CSP_DIRECTIVES).map(([name, sources]) => [camelCase(name), sources]));
}
