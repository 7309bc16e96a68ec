import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { describe, it } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Passwords, type PasswordsOptions } from "../../src/auth/passwords.ts";
import { pbkdf2 } from "../../src/auth/pbkdf2.ts";

const KEY = "0123456789abcdef".repeat(4);
const BCRYPT = "$2y$07$BCryptRequires22Chrcte/VlQH0piJtjXl.0t1XkA8pw9dMXTpOq";

/** Made with hashlib of Python, as the Python edition stored them. */
const LEGACY =
  "pbkdf2_sha256$260000$9f86d081884c7d659a2feaa0c55ad015$3341bb7c7063db9392b2b76c90f428befd8c23ae5f36be4df74ef5998b455aa4";
const UNUSABLE = [
  undefined,
  null,
  "",
  7,
  true,
  {},
  ["secret"],
  "a".repeat(1025),
  "ä".repeat(513),
  "\ud800",
  "a\udfffb",
];

describe("Passwords", () => {
  describe("hash", () => {
    it("writes PBKDF2-HMAC-SHA256 with 600,000 iterations, salted with the text that it stores (W02)", async () => {
      const passwords = new Passwords({
        randomBytes: (size) => Uint8Array.from({ length: size }, (_, index) => index),
      });
      assert.equal(
        await passwords.hash("pässwörd"),
        "pbkdf2_sha256$600000$000102030405060708090a0b0c0d0e0f$9625fa143508215227db15dfa309110cde8e51059b37ddb7ad34dd07965ece74",
      );
    });

    it("salts every hash anew with 16 random bytes", async () => {
      const { passwords } = counted();
      const texts = await Promise.all([passwords.hash("secret"), passwords.hash("secret")]);
      for (const text of texts) {
        assert.match(text, /^pbkdf2_sha256\$600000\$[0-9a-f]{32}\$[0-9a-f]{64}$/);
        assert.equal(text.length, 118);
      }
      assert.notEqual(texts[0], texts[1]);
    });

    it("refuses what cannot be a password with a 400, before any work (A04, W06, W10)", async () => {
      const { passwords, iterations } = counted();
      for (const password of UNUSABLE) {
        await assert.rejects(passwords.hash(password), {
          name: "HttpError",
          status: 400,
          code: "PASSWORD_UNUSABLE",
          message: "A password is well-formed text of 1 to 1024 bytes.",
        });
      }
      assert.deepEqual(iterations, []);
    });
  });

  describe("check", () => {
    it("knows the password again and no other", async () => {
      const { passwords } = counted();
      for (const password of ["secret", " ", "\0", "a".repeat(1024), "ä".repeat(512), "\u{1F511}"]) {
        const hash = await passwords.hash(password);
        assert.equal(await passwords.check(password, hash), true);
        assert.equal(await passwords.check("wrong", hash), false);
      }
    });

    it("tells passwords apart at every byte, after a NUL too (W04, W05)", async () => {
      const { passwords } = counted();
      for (const length of [64, 72, 999]) {
        const start = "a".repeat(length);
        assert.equal(await passwords.check(`${start}b`, await passwords.hash(`${start}c`)), false);
        assert.equal(await passwords.check(start, await passwords.hash(`${start}c`)), false);
      }
      assert.equal(await passwords.check("a", await passwords.hash("a\0b")), false);
      assert.equal(await passwords.check("a\0b", await passwords.hash("a")), false);
    });

    it("verifies a hash of an older Tina4", async () => {
      const passwords = new Passwords();
      assert.equal(await passwords.check("my-secure-password", LEGACY), true);
      assert.equal(await passwords.check("my-secure-passwort", LEGACY), false);
    });

    it("works as hard for an account that does not exist, or has an older hash, as for a wrong password", async () => {
      const { passwords, iterations } = counted();
      const hash = await passwords.hash("secret");
      for (const stored of [hash, null, undefined, `pbkdf2_sha256$260000$salt$${KEY}`, `pbkdf2_sha256$1$salt$${KEY}`]) {
        iterations.length = 0;
        assert.equal(await passwords.check("wrong", stored), false);
        assert.equal(sum(iterations), 600_000);
      }
    });

    it("says false at once, without work, when the hash cannot be read (W09)", async () => {
      const { passwords, iterations } = counted();
      const broken = ["", "$", "$$$", LEGACY.slice(0, -1), "pbkdf2_sha256$600000$$", `pbkdf2_sha256$600000$$${KEY}`];
      const excessive = ["1000000000", "-1", "1e9", "NaN"].map((count) => `pbkdf2_sha256$${count}$salt$${KEY}`);
      const foreign = [
        `pbkdf2_sha1$600000$salt$${KEY}`,
        BCRYPT.slice(0, -1),
        "$2b$31$".padEnd(60, "a"),
        7,
        {},
        [LEGACY],
      ];
      for (const hash of [...broken, ...excessive, ...foreign]) {
        assert.equal(await passwords.check("secret", hash), false, String(hash));
      }
      assert.deepEqual(iterations, []);
    });

    it("says false without work when it is given no possible password, whether the account exists or not (W06, W10)", async () => {
      const { passwords, iterations } = counted();
      for (const password of UNUSABLE) {
        for (const hash of [LEGACY, BCRYPT, null, undefined, ""]) {
          assert.equal(await passwords.check(password, hash), false);
        }
      }
      assert.deepEqual(iterations, []);
    });

    it("leaves bcrypt hashes to bcrypt, in the same queue", async () => {
      const asked: string[][] = [];
      const { passwords, iterations } = counted({
        concurrency: 1,
        queueLimit: 0,
        checkBcrypt: async (...given) => {
          asked.push(given);
          return given[0] === "rasmuslerdorf";
        },
      });
      const answer = passwords.check("rasmuslerdorf", BCRYPT);
      await assert.rejects(passwords.check("rasmuslerdorf", BCRYPT), { code: "BUSY" });
      assert.equal(await answer, true);
      assert.equal(await passwords.check("secret", BCRYPT), false);
      assert.deepEqual(asked, [
        ["rasmuslerdorf", BCRYPT],
        ["secret", BCRYPT],
      ]);
      assert.deepEqual(iterations, []);
    });
  });

  describe("needsRehash", () => {
    it("is false for a hash with the parameters of today only", async () => {
      const { passwords } = counted();
      assert.equal(passwords.needsRehash(await passwords.hash("secret")), false);
      const salt = "0".repeat(32);
      const others = [`600001$${salt}`, `599999$${salt}`, `1000000$${salt}`, "600000$short", `600000$${salt}0`];
      for (const hash of [
        LEGACY,
        BCRYPT,
        "",
        "$",
        null,
        undefined,
        ...others.map((o) => `pbkdf2_sha256$${o}$${KEY}`),
      ]) {
        assert.equal(passwords.needsRehash(hash), true, String(hash));
      }
    });

    it("is true for a hash of 600,000 iterations where more are asked for", async () => {
      const stricter = counted({ iterations: 800_000 });
      const hash = await counted().passwords.hash("secret");
      assert.equal(stricter.passwords.needsRehash(hash), true);
      assert.match(await stricter.passwords.hash("secret"), /^pbkdf2_sha256\$800000\$/);
    });
  });

  describe("under a flood", () => {
    it("computes as many at once as it was told, and turns away what the queue cannot hold (W14)", async () => {
      const { passwords, release, running } = held({ concurrency: 2, queueLimit: 38 });
      const accepted = Array.from({ length: 40 }, () => passwords.check("secret", null));
      await assert.rejects(passwords.hash("one too many"), { status: 503, code: "BUSY" });
      for (let finished = 0; finished < 40; finished++) {
        await nextTurn();
        assert.equal(running(), Math.min(2, 40 - finished));
        release();
      }
      assert.deepEqual(new Set(await Promise.all(accepted)), new Set([false]));
    });

    it("leaves a core and a thread of the pool free by default, when there is more than one", async () => {
      for (const threadPoolSize of [1, 2, 4, 1024]) {
        const { passwords, release, running } = held({ threadPoolSize });
        const places = Math.max(1, Math.min(availableParallelism(), threadPoolSize) - 1);
        const checks = Array.from({ length: places + 1 }, () => passwords.check("secret", null));
        await nextTurn();
        assert.equal(running(), places);
        for (const _ of checks) {
          release();
          await nextTurn();
        }
        await Promise.all(checks);
      }
    });

    it("takes its share of the cores by default, where several processes have them, and one place at least", async () => {
      for (const processes of [1, 2, 1024]) {
        const { passwords, release, running } = held({ threadPoolSize: 1024, processes });
        const places = Math.max(1, Math.floor((availableParallelism() - 1) / processes));
        const accepted = Array.from({ length: places + 1 }, () => passwords.check("secret", null));
        await nextTurn();
        assert.equal(running(), places);
        for (let finished = 0; finished <= places; finished++) {
          release();
          await nextTurn();
        }
        await Promise.all(accepted);
      }
    });

    it("lets the event loop and the file system go on meanwhile (W14)", async () => {
      const passwords = new Passwords({ concurrency: 3 });
      let finished = 0;
      const checks = Array.from({ length: 6 }, async () => {
        await passwords.check("secret", null);
        finished++;
      });
      await stat(import.meta.filename);
      assert.equal(finished, 0);
      await Promise.all(checks);
    });
  });
});

/** Passwords whose work is one round, and the rounds that were asked for. */
function counted(options: PasswordsOptions = {}): { passwords: Passwords; iterations: number[] } {
  const iterations: number[] = [];
  const passwords = new Passwords({
    deriveKey: (password, salt, count) => {
      iterations.push(count);
      return pbkdf2(password, salt, 1);
    },
    ...options,
  });
  return { passwords, iterations };
}

/** Passwords whose work ends when the test says so. */
function held(options: PasswordsOptions): { passwords: Passwords; release: () => void; running: () => number } {
  const open: (() => void)[] = [];
  const passwords = new Passwords({
    deriveKey: () => new Promise((resolve) => open.push(() => resolve(new Uint8Array(32)))),
    ...options,
  });
  return { passwords, release: () => open.shift()?.(), running: () => open.length };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
