import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { pbkdf2 } from "../../src/auth/pbkdf2.ts";

const VECTORS = process.env.TEST_VECTORS_DIR;
const skip = VECTORS ? false : "TEST_VECTORS_DIR is not set";

interface Vector {
  readonly tcId: number;
  readonly password: string;
  readonly salt: string;
  readonly iterationCount: number;
  readonly dkLen: number;
  readonly dk: string;
}

describe("pbkdf2", () => {
  it("takes text as its UTF-8 bytes and gives 32 bytes", async () => {
    const key = await pbkdf2("pässwörd", "sälz", 2);
    assert.equal(key.length, 32);
    assert.deepEqual(key, await pbkdf2(Buffer.from("pässwörd"), Buffer.from("sälz"), 2));
  });

  it("is PBKDF2-HMAC-SHA256, as the sample of RFC 7914 §11 has it", async () => {
    const key = await pbkdf2("passwd", "salt", 1, 64);
    const [first, second] = [
      "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc",
      "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783",
    ];
    assert.equal(Buffer.from(key).toString("hex"), `${first}${second}`);
  });

  it("gives the keys of all 60 Wycheproof vectors (W03)", { skip }, async () => {
    const file = join(String(VECTORS), "wycheproof", "pbkdf2_hmacsha256_test.json");
    const groups: { tests: Vector[] }[] = JSON.parse(await readFile(file, "utf8")).testGroups;
    const vectors = groups.flatMap(({ tests }) => tests);
    assert.equal(vectors.length, 60);
    for (const { tcId, password, salt, iterationCount, dkLen, dk } of vectors) {
      const key = await pbkdf2(Buffer.from(password, "hex"), Buffer.from(salt, "hex"), iterationCount, dkLen);
      assert.equal(Buffer.from(key).toString("hex"), dk, `vector ${tcId}`);
    }
  });
});
