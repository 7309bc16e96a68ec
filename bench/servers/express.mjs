// Express with the middleware that its own page on security names.
import cors from "cors";
import express from "express";
import { rateLimit } from "express-rate-limit";
import helmet from "helmet";
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

const app = express();
app.use(helmet(HELMET));
app.use(cors({ origin: [ORIGIN], exposedHeaders: EXPOSED_HEADERS }));
app.use(rateLimit({ limit: RATE_LIMIT, windowMs: RATE_WINDOW_MS }));
app.use((_request, response, next) => {
  response.set("Permissions-Policy", PERMISSIONS_POLICY).set("X-Request-ID", requestId());
  next();
});
app.use(express.json());

app.get("/hello", (_request, response) => response.json({ hello: "world" }));
app.get("/me", authenticated, ({ user }, response) => response.json({ id: user.user_id }));
app.post("/orders", authenticated, ({ body, user }, response) => response.json({ got: body, user: user.user_id }));
app.listen(PORT, "127.0.0.1");

function authenticated(request, response, next) {
  try {
    request.user = verifyToken(request.get("Authorization").slice("Bearer ".length));
  } catch {
    response.status(401).json({ error: "Invalid or expired token" });
    return;
  }
  next();
}
