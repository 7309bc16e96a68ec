import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Claims } from "../../src/claims.ts";
import type { Services } from "../../src/middleware/services.ts";
import { stayOfClaims } from "../../src/middleware/stay-of-claims.ts";

const EXP = 1_000;
const EXPIRED = { code: 1008, reason: "expired" };

describe("stayOfClaims", () => {
  function open(claims: Claims, revoked?: Set<unknown>) {
    const clock = { time: 0 };
    const revocations = revoked && { isRevoked: ({ sub }: Claims) => revoked.has(sub) };
    const services = { now: () => clock.time, revocations } as unknown as Services;
    return { clock, stay: stayOfClaims(claims, services) };
  }

  it("ends at the very millisecond in which the claims expire", () => {
    const { clock, stay } = open({ sub: 1, exp: EXP });
    clock.time = EXP * 1000 - 1;
    assert.equal(stay(), undefined);
    clock.time = EXP * 1000;
    assert.deepEqual(stay(), EXPIRED);
  });

  it("ends when the claims are revoked, and by nothing else where they never expire", () => {
    const revoked = new Set<unknown>();
    const { clock, stay } = open({ sub: 1 }, revoked);
    clock.time = Number.MAX_SAFE_INTEGER;
    revoked.add(2);
    assert.equal(stay(), undefined);
    revoked.add(1);
    assert.deepEqual(stay(), { code: 1008, reason: "logged out" });
  });
});
