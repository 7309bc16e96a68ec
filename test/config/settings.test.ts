import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readSettings } from "../../src/config/read-settings.ts";
import { SETTING_KINDS } from "../../src/config/setting-kinds.ts";
import type { SettingRow } from "../../src/config/setting-row.ts";
import { SETTINGS, type Settings } from "../../src/config/settings.ts";

/** The contract: these names, aliases and defaults are published. */
const PUBLISHED: Readonly<Record<string, unknown>> = {
  SECRET: undefined,
  SECRET_PREVIOUS: [],
  API_KEYS: [],
  PORT: 7148,
  TINA4_HOST: "0.0.0.0",
  TINA4_WORKERS: 1,
  TINA4_HEALTH: true,
  TINA4_SHUTDOWN_DELAY: 0,
  TINA4_DEBUG: false,
  TINA4_HANDLER_TIMEOUT: 30,
  TINA4_MAX_BODY_SIZE: 1_048_576,
  TINA4_MAX_UPLOAD_SIZE: 10_485_760,
  TINA4_WS_MAX_SOCKETS: 10_000,
  TINA4_WS_MAX_PER_CLIENT: 100,
  TINA4_PUBLIC_ORIGIN: undefined,
  TINA4_ALLOWED_HOSTS: [],
  TINA4_TRUSTED_ORIGINS: [],
  TINA4_TRUSTED_PROXIES: [],
  TINA4_TOKEN_EXPIRES_IN: 60,
  TINA4_TOKEN_MAX_AGE: 720,
  TINA4_TOKEN_ISSUER: undefined,
  TINA4_TOKEN_AUDIENCE: undefined,
  TINA4_FRESH_TOKEN: true,
  TINA4_ACCESS_EXPIRES_IN: 15,
  TINA4_REFRESH_EXPIRES_IN: 10_080,
  TINA4_TOKEN_REVOCATION: true,
  TINA4_REVOCATION_REFRESH: 5,
  TINA4_PASSWORD_CONCURRENCY: undefined,
  TINA4_SESSION_BACKEND: "file",
  TINA4_SESSION_URL: undefined,
  TINA4_SESSION_HOST: "127.0.0.1",
  TINA4_SESSION_PORT: undefined,
  TINA4_SESSION_USERNAME: undefined,
  TINA4_SESSION_PASSWORD: undefined,
  TINA4_SESSION_PATH: "data/sessions",
  TINA4_SESSION_LIFETIME: 3600,
  TINA4_SESSION_MAX_AGE: 43_200,
  TINA4_SESSION_NAME: "tina4_session",
  TINA4_SESSION_SAMESITE: "Lax",
  TINA4_CSRF: true,
  TINA4_CSRF_SINGLE_USE: true,
  TINA4_CORS_ORIGINS: [],
  TINA4_CORS_METHODS: ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
  TINA4_CORS_HEADERS: ["Content-Type", "Authorization", "Accept", "X-Request-ID", "X-Form-Token", "X-API-Key"],
  TINA4_CORS_MAX_AGE: 86_400,
  TINA4_CORS_CREDENTIALS: false,
  TINA4_RATE_LIMIT: 100,
  TINA4_RATE_WINDOW: 60,
  TINA4_RATE_BACKEND: "memory",
  TINA4_RATE_URL: "redis://127.0.0.1:6379",
  TINA4_FRAME_OPTIONS: "SAMEORIGIN",
  TINA4_CSP: undefined,
  TINA4_HSTS: undefined,
  TINA4_REFERRER_POLICY: "strict-origin-when-cross-origin",
  TINA4_PERMISSIONS_POLICY: "camera=(), microphone=(), geolocation=()",
  TINA4_DATABASE_URL: "sqlite:data/app.db",
  TINA4_LOG_LEVEL: "info",
  TINA4_LOG_FORMAT: "json",
};

const ROWS = Object.entries<SettingRow>(SETTINGS);

describe("SETTINGS", () => {
  it("has exactly the published names with the published defaults", () => {
    assert.deepEqual(Object.fromEntries(ROWS.map(([name, row]) => [name, row.default])), PUBLISHED);
  });

  it("has the published second names", () => {
    const aliases = ROWS.filter(([, row]) => row.alias !== undefined).map(([name, row]) => [name, row.alias]);
    assert.deepEqual(Object.fromEntries(aliases), {
      SECRET: "TINA4_SECRET",
      API_KEYS: "TINA4_API_KEYS",
      PORT: "TINA4_PORT",
      TINA4_TOKEN_EXPIRES_IN: "TINA4_TOKEN_LIMIT",
      TINA4_CORS_ORIGINS: "CORS_ORIGINS",
    });
  });

  it("keeps the keys and the password secret", () => {
    const secrets = ROWS.filter(([, row]) => row.secret).map(([name]) => name);
    assert.deepEqual(secrets, ["SECRET", "SECRET_PREVIOUS", "API_KEYS", "TINA4_SESSION_PASSWORD"]);
  });

  it("has defaults that its own kinds accept", () => {
    for (const [name, row] of ROWS) {
      for (const value of [row.default, row.debugDefault]) {
        if (value === undefined) continue;
        assert.deepEqual(SETTING_KINDS[row.kind].read(String(value), row), value, name);
      }
    }
  });

  it("gives every setting the type of its kind, and undefined only without a default", () => {
    const settings: Settings = readSettings(new Map()).settings;
    const port: number = settings.PORT;
    const sameSite: "Strict" | "Lax" | "None" = settings.TINA4_SESSION_SAMESITE;
    const origins: readonly string[] = settings.TINA4_CORS_ORIGINS;
    // @ts-expect-error: it has no default
    const secret: string = settings.SECRET;
    assert.deepEqual([port, sameSite, origins, secret], [7148, "Lax", [], undefined]);
  });

  it("says of every setting in one line what it is for", () => {
    for (const [name, row] of ROWS) assert.match(row.meaning, /^[A-Z][^\n|]*\.$/, name);
  });
});
