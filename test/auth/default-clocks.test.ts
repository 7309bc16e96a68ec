import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RefreshTokens } from "../../src/auth/refresh-tokens.ts";
import { Revocations } from "../../src/auth/revocations.ts";
import { SocketTickets } from "../../src/auth/socket-tickets.ts";
import { AccessTokens } from "../../src/tokens/access-tokens.ts";
import { decodeJwt } from "../../src/tokens/decode-jwt.ts";
import { createSigningKeys } from "../../src/tokens/signing-keys.ts";
import { StoreDouble } from "./store-double.ts";

const START = 1_700_000_000_000;
const WEEK_MS = 10_080 * 60_000;
const keys = createSigningKeys({ secret: "1f0c93b5d7a24e6880bb6e5f34d2c9a7" });

describe("without a clock of their own, the system's is what", () => {
  it("socket tickets go by", async (test) => {
    test.mock.timers.enable({ apis: ["Date"], now: START });
    const tickets = new SocketTickets({ keys, store: new StoreDouble(() => Date.now()) });
    const [early, late] = [tickets.issue({ sub: 1 }), tickets.issue({ sub: 1 })];
    assert.equal(decodeJwt(early)?.exp, START / 1000 + 30);
    test.mock.timers.setTime(START + 29_999);
    assert.equal((await tickets.take(early, "/ws"))?.sub, 1);
    test.mock.timers.setTime(START + 30_000);
    assert.equal(await tickets.take(late, "/ws"), null);
  });

  it("refresh tokens go by", async (test) => {
    test.mock.timers.enable({ apis: ["Date"], now: START });
    const accessTokens = new AccessTokens({ keys });
    const tokens = new RefreshTokens({ keys, store: new StoreDouble(() => Date.now()), accessTokens });
    const { refreshToken } = await tokens.issue({ sub: 1 });
    assert.equal(decodeJwt(refreshToken)?.exp, (START + WEEK_MS) / 1000);
    test.mock.timers.setTime(START + WEEK_MS);
    assert.equal(await tokens.refresh(refreshToken), null);
  });

  it("revocations go by", async (test) => {
    test.mock.timers.enable({ apis: ["Date"], now: START });
    const revocations = new Revocations({ store: new StoreDouble(() => Date.now()), tokenSeconds: 60 });
    await revocations.revokeSubject(1);
    const isRevoked = (iat: number): boolean => revocations.isRevoked({ sub: 1, iat });
    assert.deepEqual([isRevoked(START / 1000 - 1), isRevoked(START / 1000 + 60)], [true, false]);
  });
});
