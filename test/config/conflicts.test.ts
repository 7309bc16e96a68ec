import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readSettings } from "../../src/config/read-settings.ts";

const read = (variables: Readonly<Record<string, string>>): readonly string[] => {
  const entries = Object.entries(variables).map(([name, text]) => [name, { text, source: "test" }] as const);
  return readSettings(new Map(entries)).warnings;
};

const refuses = (variables: Readonly<Record<string, string>>, message: RegExp): void =>
  assert.throws(() => read(variables), { code: "SETTING_CONFLICT", message });

const HTTPS = { TINA4_PUBLIC_ORIGIN: "https://app.example.com" };

describe("findConflicts", () => {
  it("finds nothing wrong with the defaults", () => {
    assert.deepEqual(read({}), []);
  });

  it("doubts an API key that is short enough to be guessed, and shows none", () => {
    const short = "API_KEYS has a key of under 32 characters, which can be guessed: `tina4 secret` makes a better one.";
    assert.deepEqual(read({ API_KEYS: `${"k".repeat(32)},${"s".repeat(31)}` }), [short]);
    assert.deepEqual(read({ TINA4_API_KEYS: `${"k".repeat(32)},, ${"l".repeat(256)}` }), []);
  });

  it("refuses SameSite=None without an https origin", () => {
    refuses({ TINA4_SESSION_SAMESITE: "none" }, /^TINA4_SESSION_SAMESITE is None, which needs HTTPS/);
    refuses({ TINA4_SESSION_SAMESITE: "None", TINA4_PUBLIC_ORIGIN: "http://a.com" }, /^TINA4_SESSION_SAMESITE/);
    assert.deepEqual(read({ TINA4_SESSION_SAMESITE: "None", ...HTTPS }), []);
  });

  it("refuses a cookie name that browsers keep over HTTPS only, without an https origin", () => {
    refuses({ TINA4_SESSION_NAME: "__Host-id" }, /^TINA4_SESSION_NAME has a prefix that needs HTTPS/);
    refuses({ TINA4_SESSION_NAME: "__secure-id" }, /^TINA4_SESSION_NAME/);
    assert.deepEqual(read({ TINA4_SESSION_NAME: "__Host-id", ...HTTPS }), []);
  });

  it("refuses several workers that each remember sessions and revocations for themselves", () => {
    const memory = { TINA4_SESSION_BACKEND: "memory", TINA4_RATE_BACKEND: "redis" };
    for (const revocation of ["on", "off"]) {
      refuses(
        { ...memory, TINA4_WORKERS: "2", TINA4_TOKEN_REVOCATION: revocation },
        /^TINA4_SESSION_BACKEND is memory, .*TINA4_TOKEN_REVOCATION.* Set TINA4_SESSION_BACKEND to file, redis,/,
      );
    }
    assert.deepEqual(read({ ...memory, TINA4_WORKERS: "1" }), []);
  });

  it("says that there is one worker in debug, and finds nothing wrong with its memory", () => {
    assert.deepEqual(read({ TINA4_WORKERS: "4", TINA4_DEBUG: "on", TINA4_SESSION_BACKEND: "memory" }), [
      "TINA4_WORKERS has no effect in debug: one process serves, and is replaced when a file changes.",
    ]);
  });

  it("refuses a session URL of another kind of server", () => {
    refuses(
      { TINA4_SESSION_BACKEND: "redis", TINA4_SESSION_URL: "mongodb://a" },
      /^TINA4_SESSION_URL leads to another/,
    );
    refuses(
      { TINA4_SESSION_BACKEND: "mongodb", TINA4_SESSION_URL: "redis://a" },
      /^TINA4_SESSION_URL leads to another/,
    );
    assert.deepEqual(read({ TINA4_SESSION_BACKEND: "valkey", TINA4_SESSION_URL: "rediss://a" }), []);
    assert.deepEqual(read({ TINA4_SESSION_BACKEND: "mongodb", TINA4_SESSION_URL: "mongodb+srv://a" }), []);
  });

  it("warns of credentials for every origin", () => {
    const [warning, ...others] = read({ TINA4_CORS_ORIGINS: "*", TINA4_CORS_CREDENTIALS: "true" });
    assert.match(warning ?? "", /^TINA4_CORS_CREDENTIALS has no effect while TINA4_CORS_ORIGINS is \*/);
    assert.deepEqual(others, []);
    assert.deepEqual(read({ TINA4_CORS_ORIGINS: "https://a.com", TINA4_CORS_CREDENTIALS: "true" }), []);
  });

  it("warns of an idle time beyond the end of the session", () => {
    assert.match(read({ TINA4_SESSION_LIFETIME: "86400" })[0] ?? "", /^TINA4_SESSION_LIFETIME is longer/);
  });

  it("warns of workers that count requests apart", () => {
    for (const limit of ["0", "100"]) {
      const [warning] = read({ TINA4_WORKERS: "2", TINA4_RATE_LIMIT: limit });
      assert.match(warning ?? "", /^TINA4_RATE_BACKEND is memory: .*LoginThrottle.* Set TINA4_RATE_BACKEND to redis/);
    }
    assert.deepEqual(read({ TINA4_WORKERS: "2", TINA4_RATE_BACKEND: "redis" }), []);
  });

  it("warns of session settings that another one switches off", () => {
    assert.match(read({ TINA4_SESSION_URL: "redis://a" })[0] ?? "", /^TINA4_SESSION_URL has no effect/);
    const both = { TINA4_SESSION_BACKEND: "redis", TINA4_SESSION_URL: "redis://a", TINA4_SESSION_HOST: "b" };
    assert.match(read(both)[0] ?? "", /^TINA4_SESSION_URL is set, so TINA4_SESSION_HOST, /);
  });

  it("reports every conflict at once, a line each", () => {
    const variables = { TINA4_SESSION_SAMESITE: "None", TINA4_SESSION_NAME: "__Host-id", PORT: "1", TINA4_PORT: "2" };
    refuses(variables, /^PORT .*\nTINA4_SESSION_SAMESITE .*\nTINA4_SESSION_NAME .*$/);
  });
});
