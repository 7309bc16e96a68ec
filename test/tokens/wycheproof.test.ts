import assert from "node:assert/strict";
import { createSecretKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { createSigningKeys } from "../../src/tokens/signing-keys.ts";
import { assertStrongSecret } from "../../src/tokens/strong-secret.ts";
import { verifyJws } from "../../src/tokens/verify-jws.ts";

interface Jwk {
  readonly alg?: string;
  readonly k?: string;
}

interface Group {
  readonly private?: Jwk & { readonly keys?: readonly Jwk[] };
  readonly tests: readonly { readonly tcId: number; readonly jws: unknown; readonly result: "valid" | "invalid" }[];
}

/** What Wycheproof asks of those who read sets of keys, or know other algorithms. */
const BEYOND: Readonly<Record<number, "valid" | "invalid">> = {
  1: "valid", // its set holds an ES256 key as well; we read no sets, and the one HS256 key has signed it
  4: "valid", // its set names two keys alike; no key is ever chosen by the name in a token
  5: "invalid", // RS256: no asymmetric algorithm is known
  14: "invalid", // HS384
  15: "invalid", // HS512
};

const VECTORS = process.env.TEST_VECTORS_DIR;
const NO_VECTORS = VECTORS === undefined && "TEST_VECTORS_DIR names no folder";
const { access: keys } = createSigningKeys({ secret: "1f0c93b5d7a24e6880bb6e5f34d2c9a7" });

describe("verifyJws with Wycheproof", { skip: NO_VECTORS }, () => {
  it("opens no token of another algorithm, neither with our key nor with the token's own", () => {
    const others = groupsOf("json_web_signature_test.json").filter(({ private: jwk }) => jwk?.alg !== "HS256");
    const tests = others.flatMap((group) => group.tests.map(({ tcId, jws }) => ({ tcId, jws, k: group.private?.k })));
    for (const { tcId, jws, k } of tests) {
      const verifying = [keys.signing, ...(k === undefined ? [] : [createSecretKey(k, "base64url")])];
      const token = typeof jws === "string" ? jws : JSON.stringify(jws);
      assert.equal(verifyJws(token, { ...keys, verifying }), null, `tcId ${tcId}`);
    }
    assert.equal(tests.length, 361);
  });

  it("agrees on keys: of symmetric ones, those for HS256 that are long enough", () => {
    const verdicts: Record<number, string> = {};
    const expected: Record<number, string> = {};
    for (const { private: set, tests } of groupsOf("json_web_key_test.json")) {
      const secrets = (set?.keys ?? []).filter(({ alg }) => alg === "HS256").map(({ k = "" }) => k);
      const strong = secrets.map((k) => Buffer.from(k, "base64url")).filter(isLongEnough);
      const verifying = strong.map((secret) => createSecretKey(secret));
      for (const { tcId, jws, result } of tests) {
        verdicts[tcId] = verifyJws(String(jws), { ...keys, verifying }) === null ? "invalid" : "valid";
        expected[tcId] = BEYOND[tcId] ?? result;
      }
    }
    assert.deepEqual(verdicts, expected);
    assert.equal(Object.keys(verdicts).length, 26);
  });
});

function groupsOf(file: string): readonly Group[] {
  return JSON.parse(readFileSync(join(VECTORS ?? "", "wycheproof", file), "utf8")).testGroups;
}

function isLongEnough(secret: Buffer): boolean {
  try {
    assertStrongSecret(secret);
    return true;
  } catch {
    return false;
  }
}
