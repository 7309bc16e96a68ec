// Koa with the middleware that is usual for the same protection.
import cors from "@koa/cors";
import Router from "@koa/router";
import Koa from "koa";
import bodyParser from "koa-bodyparser";
import helmet from "koa-helmet";
import rateLimit from "koa-ratelimit";
import {
  EXPOSED_HEADERS,
  HELMET,
  ORIGIN,
  PERMISSIONS_POLICY,
  PORT,
  RATE_LIMIT,
  RATE_WINDOW_MS,
  requestId,
} from "./protection.mjs";
import { verifyToken } from "./verify-token.mjs";

const app = new Koa();
const router = new Router();
app.use(helmet(HELMET));
app.use(
  cors({ origin: (context) => (context.get("Origin") === ORIGIN ? ORIGIN : ""), exposeHeaders: EXPOSED_HEADERS }),
);
app.use(rateLimit({ driver: "memory", db: new Map(), max: RATE_LIMIT, duration: RATE_WINDOW_MS }));
app.use(async (context, next) => {
  context.set("Permissions-Policy", PERMISSIONS_POLICY);
  context.set("X-Request-ID", requestId());
  await next();
});
app.use(bodyParser());

router.get("/hello", (context) => {
  context.body = { hello: "world" };
});
router.get("/me", authenticated, (context) => {
  context.body = { id: context.state.user.user_id };
});
router.post("/orders", authenticated, (context) => {
  context.body = { got: context.request.body, user: context.state.user.user_id };
});
app.use(router.routes());
app.listen(PORT, "127.0.0.1");

async function authenticated(context, next) {
  try {
    const token = context.get("Authorization").slice("Bearer ".length);
    context.state.user = verifyToken(token);
  } catch {
    context.status = 401;
    context.body = { error: "Invalid or expired token" };
    return;
  }
  await next();
}
