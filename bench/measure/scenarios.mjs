import { handMadeJwt } from "./hand-made-jwt.mjs";

const NOW_SECONDS = Math.floor(Date.now() / 1000);
const TEN_HOURS_SECONDS = 36_000;
const CLAIMS = { user_id: 42, email: "alice@example.com", role: "admin" };
const TOKEN = handMadeJwt({ ...CLAIMS, iat: NOW_SECONDS, exp: NOW_SECONDS + TEN_HOURS_SECONDS });
const BEARER = { Authorization: `Bearer ${TOKEN}` };
const ORDER = '{"product":"widget","qty":3,"note":"hello there"}';

/** The requests that all servers are measured with, by name. */
export const SCENARIOS = {
  hello: { path: "/hello" },
  me: { path: "/me", headers: BEARER },
  orders: { method: "POST", path: "/orders", headers: { ...BEARER, "Content-Type": "application/json" }, body: ORDER },
};
