// Hono on Node.js, with its own security middleware.
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { cors } from "hono/cors";
import { jwt } from "hono/jwt";
import { secureHeaders } from "hono/secure-headers";
import { rateLimiter } from "hono-rate-limiter";
import { EXPOSED_HEADERS, ORIGIN, PORT, RATE_LIMIT, RATE_WINDOW_MS, requestId, SECRET } from "./protection.mjs";

const SELF = ["'self'"];
const NONE = ["'none'"];

const app = new Hono();
app.use(
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: SELF,
      baseUri: NONE,
      objectSrc: NONE,
      formAction: SELF,
      frameAncestors: SELF,
    },
    referrerPolicy: "strict-origin-when-cross-origin",
    permissionsPolicy: { camera: [], microphone: [], geolocation: [] },
    crossOriginResourcePolicy: false,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    strictTransportSecurity: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
  }),
);
app.use(cors({ origin: [ORIGIN], exposeHeaders: EXPOSED_HEADERS }));
app.use(
  rateLimiter({
    limit: RATE_LIMIT,
    windowMs: RATE_WINDOW_MS,
    standardHeaders: "draft-6",
    keyGenerator: ({ env }) => env.incoming.socket.remoteAddress,
  }),
);
app.use(async (context, next) => {
  context.header("X-Request-ID", requestId());
  await next();
});
// Made ready once: a text would be made a key anew for each token.
const key = await crypto.subtle.importKey("raw", Buffer.from(SECRET), { name: "HMAC", hash: "SHA-256" }, false, [
  "verify",
]);
const authenticated = jwt({ secret: key, alg: "HS256" });

app.get("/hello", (context) => context.json({ hello: "world" }));
app.get("/me", authenticated, (context) => context.json({ id: context.get("jwtPayload").user_id }));
app.post("/orders", authenticated, async (context) =>
  context.json({ got: await context.req.json(), user: context.get("jwtPayload").user_id }),
);
serve({ fetch: app.fetch, port: PORT, hostname: "127.0.0.1" });
