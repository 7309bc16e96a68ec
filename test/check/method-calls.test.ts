import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { methodCalls } from "../../src/check/source/method-calls.ts";
import { tokenize } from "../../src/check/source/tokenize.ts";

function lines(source: string): readonly number[] {
  return methodCalls(tokenize(source), "Auth", "getPayload").map(({ line }) => line);
}

describe("methodCalls", () => {
  it("finds a call on the object, whatever stands before it", () => {
    assert.deepEqual(lines("Auth.getPayload(t);\napp.auth.getPayload(t);\nAuth\n  ?.getPayload(t);"), [1, 2, 4]);
  });

  it("takes no comment, string, template text or pattern for a call", () => {
    assert.deepEqual(lines('// Auth.getPayload(t)\n/* Auth.getPayload(t) */ "Auth.getPayload(t)";'), []);
    assert.deepEqual(lines("`Auth.getPayload(t)`; /Auth.getPayload(t)/;"), []);
  });

  it("finds one inside of a template", () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the source to look through.
    assert.deepEqual(lines("`\n${Auth.getPayload(t)}`"), [2]);
  });

  it("takes no other method or object for it", () => {
    assert.deepEqual(lines("Auth.getPayloads(t); form.getPayload(t); getPayload(t); Auth.getPayload;"), []);
  });
});
