import { handMadeJwt } from "./hand-made-jwt.mjs";

const NOW_SECONDS = Math.floor(Date.now() / 1000);
const TEN_HOURS_SECONDS = 36_000;
const CLAIMS = { email: "alice@example.com", role: "admin", iat: NOW_SECONDS, exp: NOW_SECONDS + TEN_HOURS_SECONDS };
const BEARER = bearerOf(42);
const ORDER = '{"product":"widget","qty":3,"note":"hello there"}';

/** The requests that all servers are measured with, by name. */
export const SCENARIOS = {
  hello: { path: "/hello" },
  me: { path: "/me", headers: BEARER },
  orders: { method: "POST", path: "/orders", headers: { ...BEARER, "Content-Type": "application/json" }, body: ORDER },
};

/** The header of somebody who shows a valid token. */
export function bearerOf(id) {
  return { Authorization: `Bearer ${handMadeJwt({ user_id: id, ...CLAIMS })}` };
}
