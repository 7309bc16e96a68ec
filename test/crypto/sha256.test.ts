import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sha256 } from "../../src/crypto/sha256.ts";

describe("sha256", () => {
  it("gives the digests of FIPS 180-2", () => {
    const ofAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    const ofNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert.equal(sha256("abc", "hex"), ofAbc);
    assert.equal(sha256("", "hex"), ofNothing);
  });

  it("takes text as UTF-8", () => {
    assert.equal(sha256("ë", "hex"), sha256(Buffer.from("ë"), "hex"));
  });
});
