import { createHmac } from "node:crypto";
import { BENCH_SECRET } from "./secret.mjs";

const bearer = { Authorization: `Bearer ${token()}` };
const ORDER = '{"product":"widget","qty":3,"note":"hello there"}';

/** The requests that all servers are measured with, by name. */
export const SCENARIOS = {
  hello: { path: "/hello" },
  me: { path: "/me", headers: bearer },
  orders: { method: "POST", path: "/orders", headers: { ...bearer, "Content-Type": "application/json" }, body: ORDER },
};

function token() {
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  const claims = { user_id: 42, email: "alice@example.com", role: "admin", iat: now, exp: now + 36_000 };
  const signed = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${signed}.${createHmac("sha256", BENCH_SECRET).update(signed).digest("base64url")}`;
}
