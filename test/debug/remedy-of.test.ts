import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { errorChain } from "../../src/debug/error-chain.ts";
import { remedyOf } from "../../src/debug/remedy-of.ts";
import { FAULTS, Tina4Error } from "../../src/errors.ts";

const remedyFor = (thrown: unknown): string | undefined => errorChain(thrown, "/app").map(remedyOf)[0];
const withCode = (code: string): Error => Object.assign(new Error("failed"), { code });

describe("remedyOf", () => {
  for (const [what, thrown, remedy] of [
    [
      "a handler that returned nothing",
      new Tina4Error("HANDLER_NO_RESPONSE", "…"),
      /^Return what the client shall get/,
    ],
    ["a server that is not there", withCode("ECONNREFUSED"), /^Nothing listens at that address/],
    ["a table that is missing", new Error("no such table: orders"), /Run tina4 migrate\.$/],
    [
      "a value that is missing",
      new TypeError("Cannot read properties of undefined (reading 'id')"),
      /^What stands before/,
    ],
    ["a name that is missing", new ReferenceError("post is not defined"), /^Import it/],
  ] as const) {
    it(`knows what to do about ${what}`, () => assert.match(remedyFor(thrown) ?? "", remedy));
  }

  it("says else what a code of the framework means", () => {
    assert.equal(remedyFor(new Tina4Error("COOKIE_INVALID", "…")), FAULTS.COOKIE_INVALID);
  });

  it("says nothing where it knows nothing", () => {
    for (const thrown of [new Error("odd"), withCode("toString"), withCode("SQLITE_FULL"), null])
      assert.equal(remedyFor(thrown), undefined);
  });
});
