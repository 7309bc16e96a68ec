import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { AccessTokens } from "../../src/tokens/access-tokens.ts";
import { FreshTokens } from "../../src/tokens/fresh-tokens.ts";
import { createSigningKeys } from "../../src/tokens/signing-keys.ts";

const START = 1_700_000_000_000;
const HOUR_MS = 3_600_000;
const HALF_DAY_MS = 12 * HOUR_MS;
const keys = createSigningKeys({ secret: "1f0c93b5d7a24e6880bb6e5f34d2c9a7" });

describe("without a clock of their own, the system's is what", () => {
  it("access tokens go by", (test) => {
    test.mock.timers.enable({ apis: ["Date"], now: START });
    const tokens = new AccessTokens({ keys });
    const token = tokens.issue({ sub: 1 });
    assert.equal(tokens.verify(token)?.iat, START / 1000);
    test.mock.timers.setTime(START + HOUR_MS - 1000);
    assert.equal(tokens.verify(token)?.sub, 1);
    test.mock.timers.setTime(START + 2 * HOUR_MS);
    assert.equal(tokens.verify(token), null);
  });

  it("the renewal of tokens goes by", (test) => {
    test.mock.timers.enable({ apis: ["Date"], now: START });
    const accessTokens = new AccessTokens({ keys });
    const freshTokens = new FreshTokens({ accessTokens });
    const claims = accessTokens.verify(accessTokens.issue({ sub: 1 })) ?? assert.fail();
    test.mock.timers.setTime(START + 600_000);
    const fresh = accessTokens.decode(freshTokens.renew(claims) ?? "");
    assert.deepEqual([fresh?.auth_time, fresh?.iat], [START / 1000, START / 1000 + 600]);
    test.mock.timers.setTime(START + HALF_DAY_MS);
    assert.equal(freshTokens.renew(claims), null);
  });
});
