import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { accessRule } from "../../src/auth/access-rule.ts";
import { isPublicWrite } from "../../src/auth/is-public-write.ts";

describe("isPublicWrite", () => {
  it("is true of a write that asks for nothing", () => {
    assert.equal(isPublicWrite(accessRule("POST", { noAuth: true }), []), true);
  });

  it("is false of a write that asks for a credential", () => {
    assert.equal(isPublicWrite(accessRule("POST", {}), []), false);
    assert.equal(isPublicWrite(accessRule("POST", { secure: { session: true } }), []), false);
  });

  it("is false of a write behind middleware that asks for something", () => {
    assert.equal(isPublicWrite(accessRule("POST", { noAuth: true }), ["API key"]), false);
  });

  it("is false of what only reads", () => {
    assert.equal(isPublicWrite(accessRule("GET", {}), []), false);
  });
});
