import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { socketAccessRule } from "../../src/auth/socket-access-rule.ts";
import { Tina4Error } from "../../src/errors.ts";

describe("socketAccessRule", () => {
  it("asks for a credential unless the marks say otherwise", () => {
    assert.equal(socketAccessRule("WS", {}).credential, "bearer");
    assert.equal(socketAccessRule("WS", { secure: { session: true } }).credential, "bearer-or-session");
    assert.equal(socketAccessRule("WS", { noAuth: true }).credential, "none");
  });

  it("never asks for a form token, and is frozen", () => {
    for (const marks of [{}, { noAuth: true }, { secure: { session: true } }] as const) {
      const rule = socketAccessRule("WS", marks);
      assert.equal(rule.formToken, "none");
      assert.ok(Object.isFrozen(rule));
    }
  });

  it("refuses a login page, which no WebSocket can follow", () => {
    assert.throws(
      () => socketAccessRule("WS", { secure: { session: true, loginPath: "/login" } }),
      (error) => error instanceof Tina4Error && error.code === "ROUTE_CONTRADICTION",
    );
  });
});
