import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Claims } from "../../src/claims.ts";
import { IDENTITY_KEYS } from "../../src/session/identity.ts";
import { loginChange } from "../../src/session/login-change.ts";
import { emptyContent, type SessionContent } from "../../src/session/session-content.ts";

const NOW = 1_767_225_600_999;

function after(claims: Claims, before: Record<string, unknown> = {}): SessionContent {
  const content = { ...emptyContent(0), data: new Map(Object.entries(before)), claims: { name: "Ann" } };
  loginChange(claims, NOW)(content);
  return content;
}

describe("a login", () => {
  it("takes every value away that said who the bearer was, and no other", () => {
    const before = Object.fromEntries(IDENTITY_KEYS.map((key) => [key, "before"]));
    const { data } = after({ user_id: 1, role: "user" }, { ...before, cart: [1] });
    assert.deepEqual(Object.fromEntries(data), { cart: [1], user_id: 1, role: "user" });
  });

  it("keeps what else the claims say, with the second in which it took place, in place of what was said before", () => {
    const { data, claims } = after({ sub: 1, email: "zoe@example.org" });
    assert.deepEqual(Object.fromEntries(data), { sub: 1 });
    assert.deepEqual(claims, { email: "zoe@example.org", auth_time: 1_767_225_600 });
    assert.equal(Object.isFrozen(claims), true);
  });

  it("takes no time and no number over that a token says of itself", () => {
    const { data, claims } = after({ sub: 1, iat: 1, exp: 2, nbf: 3, jti: "4", auth_time: 5 });
    assert.deepEqual([Object.fromEntries(data), claims], [{ sub: 1 }, { auth_time: 1_767_225_600 }]);
  });

  it("is refused where the claims name no subject", () => {
    for (const claims of [{}, { name: "Zoe" }, { role: "admin", logged_in: true }, { sub: "" }]) {
      assert.throws(() => loginChange(claims, NOW), {
        code: "SESSION_VALUE_INVALID",
        message: "Auth.login needs claims that say who logs in: sub or user_id.",
      });
    }
  });

  it("is refused where JSON cannot carry a claim, which is named", () => {
    assert.throws(() => loginChange({ sub: 1, since: new Date(0) }, NOW), {
      code: "SESSION_VALUE_INVALID",
      message:
        'Auth.login(request, claims) takes what JSON can carry. At "/since" there is an object of class Date. Store date.toISOString().',
    });
  });

  it("takes claims of a class of one's own, as they are at that moment", () => {
    class User {
      sub = 1;
      groups: string[] = ["staff"];
    }
    const user = new User();
    const change = loginChange({ ...user }, NOW);
    user.groups.push("admins");
    const content = emptyContent(0);
    change(content);
    assert.deepEqual(content.claims, { groups: ["staff"], auth_time: 1_767_225_600 });
  });
});
