import assert from "node:assert/strict";
import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import { describe, it, mock } from "node:test";

let comparisons = 0;
const { timingSafeEqual } = crypto;
mock.method(crypto, "timingSafeEqual", (...sides: Parameters<typeof timingSafeEqual>) => {
  comparisons += 1;
  return timingSafeEqual(...sides);
});
syncBuiltinESMExports();
const { hashApiKey } = await import("../../../src/auth/api-keys/hash-api-key.ts");
const { ListedApiKeys } = await import("../../../src/auth/api-keys/listed-api-keys.ts");

const KEYS = ["key-alpha-001", "key-beta-002", "key-gamma-003"];

function lookUp(key: string): { found: boolean; comparisons: number } {
  comparisons = 0;
  return { found: new ListedApiKeys(KEYS).has(hashApiKey(key)), comparisons };
}

describe("ListedApiKeys", () => {
  it("knows each of its keys, and no other", () => {
    for (const key of KEYS) assert.ok(lookUp(key).found);
    for (const key of ["wrong-key", "key-alpha-00", "KEY-ALPHA-001", "", KEYS.join()]) assert.ok(!lookUp(key).found);
  });

  it("compares with every key in constant time, whether one is right, begins right or is unknown (F07)", () => {
    for (const key of [...KEYS, "key-alpha-009", "wrong-key"]) assert.equal(lookUp(key).comparisons, KEYS.length);
  });

  it("lets nobody in where there are none", () => {
    const none = new ListedApiKeys([]);
    assert.ok(none.isEmpty);
    for (const key of ["", "undefined", "key-alpha-001"]) assert.equal(none.has(hashApiKey(key)), false);
  });
});
