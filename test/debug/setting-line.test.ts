import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { loadSettings } from "../../src/config/load-settings.ts";
import { SETTINGS } from "../../src/config/settings.ts";
import { settingLines } from "../../src/debug/setting-line.ts";
import { TEST_SECRET } from "../app/test-app.ts";

function linesOf(environment: Readonly<Record<string, string>>): ReturnType<typeof settingLines> {
  const { settings, sources } = loadSettings({ root: "test/debug", environment });
  return settingLines(settings, sources);
}

const SAFE = {
  SECRET: TEST_SECRET,
  TINA4_PUBLIC_ORIGIN: "https://shop.example",
  TINA4_HSTS: "31536000",
};

describe("settingLines", () => {
  it("name every setting once, in the order of the table", () => {
    assert.deepEqual(
      linesOf({}).map(({ name }) => name),
      Object.keys(SETTINGS),
    );
  });

  it("show no secret and no password in a URL, and where each value comes from", () => {
    const lines = linesOf({
      SECRET: TEST_SECRET,
      SECRET_PREVIOUS: `${"a1".repeat(20)},${"b2".repeat(25)}`,
      TINA4_SESSION_PASSWORD: "hunter2",
      TINA4_SESSION_BACKEND: "redis",
      TINA4_SESSION_URL: "redis://worker:hunter3@cache:6379/0",
      TINA4_DATABASE_URL: "postgres://app:hunter4@db/shop?password=hunter5",
      TINA4_TOKEN_LIMIT: "30",
    });
    const shown = (name: string): unknown => {
      const { value, source } = lines.find((line) => line.name === name) ?? {};
      return [value, source];
    };
    assert.doesNotMatch(JSON.stringify(lines), new RegExp(`hunter|${TEST_SECRET}|a1a1|b2b2`));
    assert.deepEqual(shown("SECRET"), ["set, 64 bytes", "environment"]);
    assert.deepEqual(shown("SECRET_PREVIOUS"), ["set, 40 bytes and 50 bytes", "environment"]);
    assert.deepEqual(shown("TINA4_SESSION_PASSWORD"), ["set, 7 bytes", "environment"]);
    assert.deepEqual(shown("TINA4_SESSION_URL"), ["redis://[redacted]@cache:6379/0", "environment"]);
    assert.deepEqual(shown("TINA4_DATABASE_URL"), ["postgres://[redacted]@db/shop?[redacted]", "environment"]);
    assert.deepEqual(shown("TINA4_TOKEN_EXPIRES_IN"), ["30", "environment, as TINA4_TOKEN_LIMIT"]);
    assert.deepEqual(shown("TINA4_CSP"), ["unset", "default"]);
    assert.deepEqual(shown("TINA4_TRUSTED_PROXIES"), ["unset", "default"]);
  });

  it("have no doubt about settings that are safe in production", () => {
    assert.deepEqual(
      linesOf(SAFE).flatMap(({ name, doubt }) => (doubt === undefined ? [] : [name])),
      [],
    );
  });

  const WEAK: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    SECRET: { SECRET: "" },
    TINA4_DEBUG: { TINA4_DEBUG: "true" },
    TINA4_HOST: { TINA4_DEBUG: "true", TINA4_HOST: "0.0.0.0" },
    TINA4_PUBLIC_ORIGIN: { TINA4_PUBLIC_ORIGIN: "http://shop.example" },
    TINA4_ALLOWED_HOSTS: { TINA4_PUBLIC_ORIGIN: "" },
    TINA4_TRUSTED_ORIGINS: { TINA4_TRUSTED_ORIGINS: "https://partner.example" },
    TINA4_TRUSTED_PROXIES: { TINA4_TRUSTED_PROXIES: "10.0.0.1,10.0.0.0/8" },
    TINA4_TOKEN_EXPIRES_IN: { TINA4_TOKEN_EXPIRES_IN: "1441" },
    TINA4_TOKEN_REVOCATION: { TINA4_TOKEN_REVOCATION: "false" },
    TINA4_SESSION_BACKEND: { TINA4_SESSION_BACKEND: "memory" },
    TINA4_SESSION_SAMESITE: { TINA4_SESSION_SAMESITE: "None" },
    TINA4_CSRF: { TINA4_CSRF: "false" },
    TINA4_CSRF_SINGLE_USE: { TINA4_CSRF_SINGLE_USE: "false" },
    TINA4_CORS_ORIGINS: { TINA4_CORS_ORIGINS: "*" },
    TINA4_CORS_CREDENTIALS: { TINA4_CORS_CREDENTIALS: "true", TINA4_CORS_ORIGINS: "https://partner.example" },
    TINA4_RATE_LIMIT: { TINA4_RATE_LIMIT: "0" },
    TINA4_RATE_BACKEND: { TINA4_WORKERS: "2" },
    TINA4_CSP: { TINA4_CSP: "default-src 'self' 'unsafe-inline'" },
    TINA4_HSTS: { TINA4_HSTS: "" },
    TINA4_REFERRER_POLICY: { TINA4_REFERRER_POLICY: "unsafe-url" },
    TINA4_LOG_LEVEL: { TINA4_LOG_LEVEL: "silent" },
  };

  for (const [name, environment] of Object.entries(WEAK)) {
    it(`have a doubt about ${JSON.stringify(environment)}`, () => {
      const doubtful = linesOf({ ...SAFE, ...environment }).filter(({ doubt }) => doubt !== undefined);
      assert.ok(
        doubtful.some((line) => line.name === name),
        JSON.stringify(doubtful),
      );
    });
  }

  for (const proxies of ["10.0.0.1", "10.1.0.0/16", "fd00::/48", "127.0.0.1/32"]) {
    it(`have none about proxies of a small network: ${proxies}`, () => {
      assert.deepEqual(
        linesOf({ ...SAFE, TINA4_TRUSTED_PROXIES: proxies }).filter(({ doubt }) => doubt !== undefined),
        [],
      );
    });
  }
});
