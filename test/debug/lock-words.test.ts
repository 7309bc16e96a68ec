import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { AccessMarks } from "../../src/auth/access-marks.ts";
import { accessRule } from "../../src/auth/access-rule.ts";
import { formTokenWords, lockWords } from "../../src/debug/lock-words.ts";

/** Method, marks, the lock, the form token, and the form token while `TINA4_CSRF` is off. */
const CASES: readonly (readonly [string, AccessMarks, string, string, string])[] = [
  ["GET", {}, "open", "no: only reads", "no: only reads"],
  ["GET", { secure: true }, "Bearer token", "no: only reads", "no: only reads"],
  [
    "POST",
    {},
    "Bearer token",
    "no: browsers send no Bearer token by themselves",
    "no: browsers send no Bearer token by themselves",
  ],
  ["POST", { noAuth: true }, "open", "only of a logged-in session without browser headers", "never: TINA4_CSRF is off"],
  ["POST", { noAuth: true, csrf: true }, "open", "yes", "never: TINA4_CSRF is off"],
  ["POST", { noAuth: true, crossSite: true }, "open", "no: other sites may post", "no: other sites may post"],
  [
    "PUT",
    { secure: { session: true, loginPath: "/login" } },
    "Bearer token or session, else to /login",
    "yes, unless a Bearer token lets in",
    "never: TINA4_CSRF is off",
  ],
  ["GET", { roles: ["admin", "owner"] }, "Bearer token, role admin or owner", "no: only reads", "no: only reads"],
];

describe("the words for a lock", () => {
  for (const [method, marks, lock, formToken, withoutCsrf] of CASES) {
    it(`say what ${method} with ${JSON.stringify(marks)} needs`, () => {
      const rule = accessRule(method, marks);
      assert.deepEqual(
        [lockWords(rule, method), formTokenWords(rule, true), formTokenWords(rule, false)],
        [lock, formToken, withoutCsrf],
      );
    });
  }

  it("say what middleware asks for, in place of open or besides", () => {
    assert.equal(lockWords(accessRule("POST", { noAuth: true }), "POST", ["API key"]), "API key");
    const both = lockWords(accessRule("POST", { roles: ["admin"] }), "POST", ["API key", "role owner"]);
    assert.equal(both, "Bearer token, API key, role owner, role admin");
  });
});
