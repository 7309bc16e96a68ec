import assert from "node:assert/strict";
import { handMadeJwt, jwtPart } from "./hand-made-jwt.mjs";
import { CLAIMS } from "./token-engines.mjs";

/** Refuses a library that checks less than others: it would win for nothing. */
export async function assertSameTokens(name, { verify, sign }) {
  const now = Math.floor(Date.now() / 1000);
  const times = { iat: now, exp: now + 3600 };
  const good = handMadeJwt({ ...CLAIMS, ...times });
  const claims = await verify(good);
  assert.deepEqual({ ...claims }, { ...CLAIMS, ...times }, `${name} reads other claims`);
  assert.deepEqual({ ...(await verify(await sign(CLAIMS))), ...times }, { ...claims }, `${name} signs other claims`);
  for (const [what, token] of Object.entries(badTokens(good, times))) {
    const accepted = await Promise.resolve(token)
      .then(verify)
      .catch(() => null);
    assert.equal(accepted, null, `${name} accepts ${what}`);
  }
}

function badTokens(good, times) {
  const [header, payload, signature] = good.split(".");
  const unsigned = `${jwtPart({ alg: "none", typ: "JWT" })}.${payload}`;
  return {
    "a forged token": handMadeJwt(
      { ...CLAIMS, ...times },
      { secret: "what a stranger signs with, who knows no secret" },
    ),
    "a changed payload": `${header}.${jwtPart({ ...CLAIMS, ...times, role: "owner" })}.${signature}`,
    "an expired token": handMadeJwt({ ...CLAIMS, iat: times.iat - 7200, exp: times.iat - 3600 }),
    "alg none, unsigned": `${unsigned}.`,
    "alg none, with the signature of another": `${unsigned}.${signature}`,
    "alg none, signed": handMadeJwt({ ...CLAIMS, ...times }, { alg: "none" }),
  };
}
