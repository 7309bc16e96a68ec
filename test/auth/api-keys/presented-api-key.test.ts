import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { hashApiKey } from "../../../src/auth/api-keys/hash-api-key.ts";
import { hasApiKeyInQuery, presentedApiKey } from "../../../src/auth/api-keys/presented-api-key.ts";

const kindOf = (...lines: string[]): string => presentedApiKey(lines).kind;

describe("presentedApiKey", () => {
  it("reads the one value of the header, with its hash", () => {
    const key = "key-alpha-001";
    assert.deepEqual(presentedApiKey([key]), { kind: "key", key, hash: hashApiKey(key) });
    assert.equal(kindOf("x".repeat(256)), "key");
  });

  it("takes an empty header for none", () => {
    assert.equal(kindOf(), "missing");
    assert.equal(kindOf(""), "missing");
  });

  it("refuses to choose between two", () => {
    assert.equal(kindOf("key-alpha-001", "key-beta-002"), "doubled");
    assert.equal(kindOf("key-alpha-001", "key-alpha-001"), "doubled");
    assert.equal(kindOf("", "key-alpha-001"), "doubled");
  });

  it("finds a list, a space, a control character, bytes beyond ASCII and 10 kB unusable (F05)", () => {
    const texts = ["a,b", ",", "a b", "a\tb", "a\0", "schlüssel", "\u{1f511}", "x".repeat(257), "x".repeat(10_000)];
    for (const text of texts) assert.equal(kindOf(text), "unusable", JSON.stringify(text));
  });

  it("hands on visible ASCII without a comma and nothing else, whatever comes", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), (lines) => {
        const presented = presentedApiKey(lines);
        if (presented.kind === "key") assert.match(presented.key, /^[!-+\--~]{1,256}$/);
      }),
      { seed: 27 },
    );
  });
});

describe("hasApiKeyInQuery", () => {
  it("finds the name in every usual spelling, under percent code too (F04)", () => {
    const queries = [
      "api_key=k",
      "page=2&apiKey=k",
      "apikey=k",
      "X-API-Key=k",
      "x_api_key=k",
      "api%5Fkey=k",
      "api-key",
    ];
    for (const query of queries) assert.ok(hasApiKeyInQuery(query), query);
  });

  it("finds nothing else", () => {
    for (const query of ["", "key=k", "my_api_key=7", "api_key_id=7", "q=api_key", "%zz=1", "&&="]) {
      assert.equal(hasApiKeyInQuery(query), false, query);
    }
  });
});
