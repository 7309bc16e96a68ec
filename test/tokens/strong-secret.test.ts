import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Tina4Error } from "../../src/errors.ts";
import { assertStrongSecret } from "../../src/tokens/strong-secret.ts";

/** Each stands in a manual, a tutorial or an `.env.example` that thousands have copied. */
const PUBLISHED = [
  "my-super-secret-key-at-least-32-chars",
  "a-string-secret-at-least-256-bits-long",
  "your-256-bit-secret-your-256-bit-secret",
  "your-256-bit-secret0000000000000",
  "super-secret-jwt-token-with-at-least-32-characters-long",
  "your-super-secret-jwt-key-change-this-in-production",
  "your_super_secret_jwt_key_here_make_it_long_and_random",
  "DO NOT USE THIS VALUE. INSTEAD, CREATE A COMPLEX SECRET AND KEEP IT SAFE OUTSIDE OF THE SOURCE CODE.",
  "keyboard cat keyboard cat keyboard cat",
  "cc7e0d44fd473002f1c42167459001140ec6389b7353f8088f4d9a95f2f596f2",
  "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
];

/** 32 bytes that look random and are the same in every run. */
const digests = fc.nat().map((number) => createHash("sha256").update(`${number}`).digest());

describe("assertStrongSecret", () => {
  it("refuses fewer than 32 bytes, counted in UTF-8", () => {
    const secret = "éUZhQ7dM2xTq9LrWb4NvKs6YpGc1JfA";
    assert.equal(Buffer.byteLength(secret), 32);
    assertStrongSecret(secret);
    assert.throws(() => assertStrongSecret(secret.slice(1)), { code: "SECRET_WEAK", message: /^SECRET has 30 bytes / });
    assert.throws(() => assertStrongSecret(""), { code: "SECRET_WEAK" });
    assert.throws(() => assertStrongSecret(new Uint8Array(0)), { code: "SECRET_WEAK" });
  });

  for (const secret of PUBLISHED) {
    it(`refuses the published sample ${secret.slice(0, 40)}`, () => {
      assert.throws(() => assertStrongSecret(secret), { code: "SECRET_WEAK", message: /published sample/ });
      assert.throws(() => assertStrongSecret(Buffer.from(secret)), { code: "SECRET_WEAK" });
    });
  }

  it("refuses one character, a word, or an alphabet, repeated to length", () => {
    for (const unit of [
      "x",
      "0",
      "secret",
      "Secret ",
      "changeme",
      "acme-",
      "1234567890",
      "0123456789abcdef",
      "qwertyuiop",
    ]) {
      assert.throws(() => assertStrongSecret(unit.repeat(64)), { code: "SECRET_WEAK" }, unit);
    }
    assert.throws(() => assertStrongSecret(new Uint8Array(64)), { code: "SECRET_WEAK" });
  });

  it("refuses a password that is repeated to length, also when the last repetition is cut off", () => {
    assert.throws(() => assertStrongSecret("Tr0ub4dor&3 ".repeat(3)), { code: "SECRET_WEAK", message: /repetition/ });
    assert.throws(() => assertStrongSecret("Tr0ub4dor&3 ".repeat(4).slice(0, 32)), { code: "SECRET_WEAK" });
  });

  it("takes out the first and the last word of each kind of sample", () => {
    const secret = "authentication-something-replace-insert-test-and-a-abcdef";
    assert.throws(() => assertStrongSecret(secret), { code: "SECRET_WEAK" });
  });

  it("counts eight different characters as enough, and seven as too few", () => {
    assertStrongSecret("gjlpqvxzzxvqpljgjgplvqzxxzqvlpgj");
    assert.throws(() => assertStrongSecret("gjlpqvxxxvqpljgjgplvqxxxqvlpgjxp"), { code: "SECRET_WEAK" });
  });

  it("sees a repetition of up to sixteen characters", () => {
    assert.throws(() => assertStrongSecret("Xk7Qv2Zp9Lw4Rt8Y".repeat(3)), { code: "SECRET_WEAK" });
    assertStrongSecret("Xk7Qv2Zp9Lw4Rt8YG".repeat(3));
  });

  it("accepts random bytes, hexadecimal, base64 and a long phrase of uncommon words", () => {
    const property = fc.property(digests, (digest) => {
      assertStrongSecret(digest);
      assertStrongSecret(digest.toString("hex"));
      assertStrongSecret(digest.toString("hex").slice(0, 32));
      assertStrongSecret(digest.toString("base64"));
    });
    fc.assert(property, { seed: 7148, numRuns: 500 });
    assertStrongSecret("wombat girder plinth quarrel moth fjord");
  });

  it("names the setting and the remedy, and never shows the value", () => {
    for (const secret of ["hunter2-hunter2", "hunter2-".repeat(8)]) {
      assert.throws(
        () => assertStrongSecret(secret, "SECRET_PREVIOUS"),
        (error) => {
          assert.ok(error instanceof Tina4Error);
          assert.match(error.message, /^SECRET_PREVIOUS .*tina4 secret/);
          assert.doesNotMatch(`${error.stack} ${error.cause}`, /hunter2/);
          return true;
        },
      );
    }
  });
});
