import { createHmac } from "node:crypto";
import { BENCH_SECRET } from "./secret.mjs";

/** A JSON Web Token that no library made. */
export function handMadeJwt(claims, { alg = "HS256", secret = BENCH_SECRET } = {}) {
  const signed = `${jwtPart({ alg, typ: "JWT" })}.${jwtPart(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

/** The header or the payload of one. */
export function jwtPart(value) {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
