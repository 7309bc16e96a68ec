import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { lockOf, withLock } from "../../src/pipeline/lock-of.ts";
import type { MiddlewareFunction } from "../../src/pipeline/middleware.ts";
import { MiddlewareRegistry } from "../../src/pipeline/middleware-registry.ts";

const pass: MiddlewareFunction = (_request, _response, next) => next();
const guard = withLock<MiddlewareFunction>((_request, _response, next) => next(), "API key");

describe("lockOf", () => {
  it("is what the middleware itself says that it asks for", () => {
    assert.equal(lockOf(guard), "API key");
    assert.equal(lockOf(pass), undefined);
  });

  it("is not taken over by what is wrapped around a lock", () => {
    assert.equal(
      lockOf((...args: Parameters<MiddlewareFunction>) => guard(...args)),
      undefined,
    );
  });

  it("is nothing for what is no function", () => {
    for (const value of [undefined, null, "guard", { value: "API key" }]) assert.equal(lockOf(value), undefined);
  });

  it("is found behind a registered name", () => {
    const registry = new MiddlewareRegistry();
    registry.register("guard", guard);
    assert.equal(registry.lockOf("guard"), "API key");
    assert.equal(registry.lockOf(guard), "API key");
    assert.equal(registry.lockOf("other"), undefined);
  });
});
