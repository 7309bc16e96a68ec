import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createApiKey, isMistypedApiKey } from "../../../src/auth/api-keys/create-api-key.ts";
import { hashApiKey } from "../../../src/auth/api-keys/hash-api-key.ts";

describe("createApiKey", () => {
  it("makes a marked key of 192 random bits and a checksum, never the same twice", () => {
    const keys = Array.from({ length: 1000 }, () => createApiKey().key);
    for (const key of keys) assert.match(key, /^tk_[0-9a-f]{56}$/);
    assert.equal(new Set(keys.map((key) => key.slice(0, 51))).size, keys.length);
  });

  it("gives what is stored: the SHA-256, nine characters of the front and four of the end", () => {
    const { key, hash, prefix, lastFour } = createApiKey();
    assert.equal(hash, hashApiKey(key));
    assert.match(hash, /^[0-9a-f]{64}$/);
    assert.deepEqual([prefix, lastFour], [key.slice(0, 9), key.slice(55)]);
  });
});

describe("isMistypedApiKey", () => {
  it("finds nothing wrong with a key that was made, or with one that somebody else made", () => {
    for (let count = 0; count < 100; count++) assert.equal(isMistypedApiKey(createApiKey().key), false);
    for (const text of ["", "key-alpha-001", "wrong-key"]) assert.equal(isMistypedApiKey(text), false);
  });

  it("finds a letter that is wrong, wherever it stands, and a key that is cut or longer", () => {
    const { key } = createApiKey();
    for (let at = 3; at < key.length; at++) {
      const other = key[at] === "a" ? "b" : "a";
      assert.equal(isMistypedApiKey(key.slice(0, at) + other + key.slice(at + 1)), true);
      assert.equal(isMistypedApiKey(key.slice(0, at)), true);
    }
    for (const text of [`${key}0`, key.replace(/[a-f]/g, (digit) => digit.toUpperCase()), `${key} `]) {
      assert.equal(isMistypedApiKey(text), true);
    }
  });
});
