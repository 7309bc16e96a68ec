import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { loadSettings, type SettingOverrides } from "../../src/config/load-settings.ts";
import type { ReadSettings } from "../../src/config/read-settings.ts";

type Environment = Readonly<Record<string, string>>;

describe("loadSettings", () => {
  let parent: string;
  let root: string;
  before(() => {
    parent = mkdtempSync(join(tmpdir(), "tina4-settings-"));
  });
  beforeEach(() => {
    root = mkdtempSync(join(parent, "project-"));
  });
  after(() => rmSync(parent, { recursive: true }));

  const write = (file: string, content: string | Uint8Array): void => writeFileSync(join(root, file), content);
  const load = (environment: Environment = {}, overrides: SettingOverrides = {}): ReadSettings =>
    loadSettings({ root, environment, overrides });
  const refusal = (environment: Environment, overrides?: SettingOverrides): { code: string; message: string } => {
    try {
      load(environment, overrides);
    } catch (error) {
      return error as { code: string; message: string };
    }
    assert.fail(`accepts ${JSON.stringify(environment)}`);
  };

  describe("precedence", () => {
    it("lets an option win over the environment, that over .env.local, that over .env, that over the default", () => {
      write(".env", "TINA4_RATE_WINDOW=1\nTINA4_RATE_LIMIT=1\nPORT=1\nTINA4_TOKEN_MAX_AGE=1");
      write(".env.local", "TINA4_RATE_LIMIT=2\nPORT=2\nTINA4_TOKEN_MAX_AGE=2");
      const environment = { PORT: "3", TINA4_TOKEN_MAX_AGE: "3" };
      const { settings, sources } = load(environment, { TINA4_TOKEN_MAX_AGE: 4, TINA4_CSRF: undefined });
      assert.deepEqual(
        [settings.TINA4_TOKEN_MAX_AGE, settings.PORT, settings.TINA4_RATE_LIMIT, settings.TINA4_RATE_WINDOW],
        [4, 3, 2, 1],
      );
      assert.equal(settings.TINA4_WORKERS, 1);
      assert.deepEqual(
        [sources.TINA4_TOKEN_MAX_AGE, sources.PORT, sources.TINA4_RATE_LIMIT, sources.TINA4_RATE_WINDOW],
        ["option", "environment", ".env.local, line 1", ".env, line 1"],
      );
      assert.equal(sources.TINA4_WORKERS, "default");
      assert.equal(sources.TINA4_CSRF, "default");
    });

    it("takes an empty variable for an unset one, in every layer", () => {
      write(".env", "TINA4_RATE_LIMIT=7");
      write(".env.local", "TINA4_RATE_LIMIT=");
      const { settings } = load({ TINA4_RATE_LIMIT: "  ", TINA4_CORS_ORIGINS: "", SECRET: "" });
      assert.equal(settings.TINA4_RATE_LIMIT, 7);
      assert.deepEqual(settings.TINA4_CORS_ORIGINS, []);
      assert.equal(settings.SECRET, undefined);
    });

    it("drops the spaces around a value", () => {
      assert.equal(load({ TINA4_RATE_LIMIT: " 5\n" }).settings.TINA4_RATE_LIMIT, 5);
    });

    it("gives frozen settings, with frozen lists", () => {
      const { settings } = load({ TINA4_TRUSTED_PROXIES: "10.0.0.1" });
      for (const value of [settings, settings.TINA4_TRUSTED_PROXIES, settings.TINA4_CORS_METHODS]) {
        assert.ok(Object.isFrozen(value));
      }
    });

    it("listens on this machine only and logs prettily in debug, unless told otherwise", () => {
      const { settings } = load({ TINA4_DEBUG: "yes" });
      assert.deepEqual([settings.TINA4_HOST, settings.TINA4_LOG_FORMAT], ["127.0.0.1", "pretty"]);
      const production = load().settings;
      assert.deepEqual([production.TINA4_HOST, production.TINA4_LOG_FORMAT], ["0.0.0.0", "json"]);
      assert.equal(load({ TINA4_DEBUG: "1", TINA4_HOST: "0.0.0.0" }).settings.TINA4_HOST, "0.0.0.0");
      assert.equal(load({ TINA4_DEBUG: "true" }, { TINA4_DEBUG: false }).settings.TINA4_HOST, "0.0.0.0");
    });
  });

  describe("second names", () => {
    it("reads a setting under its second name and says so in its source", () => {
      const { settings, sources } = load({ TINA4_TOKEN_LIMIT: "5", CORS_ORIGINS: "https://a.com", TINA4_PORT: "80" });
      assert.deepEqual([settings.TINA4_TOKEN_EXPIRES_IN, settings.PORT], [5, 80]);
      assert.deepEqual(settings.TINA4_CORS_ORIGINS, ["https://a.com"]);
      assert.equal(sources.TINA4_TOKEN_EXPIRES_IN, "environment, as TINA4_TOKEN_LIMIT");
    });

    it("accepts both names with one value and refuses them with two", () => {
      assert.equal(load({ TINA4_TOKEN_EXPIRES_IN: "5", TINA4_TOKEN_LIMIT: " 5" }).settings.TINA4_TOKEN_EXPIRES_IN, 5);
      write(".env", "TINA4_TOKEN_EXPIRES_IN=6");
      const { code, message } = refusal({ TINA4_TOKEN_LIMIT: "5" });
      assert.equal(code, "SETTING_CONFLICT");
      assert.equal(
        message,
        "TINA4_TOKEN_EXPIRES_IN (.env, line 1) and TINA4_TOKEN_LIMIT (environment) are one setting with two different values.",
      );
    });

    it("shows no value when two keys differ", () => {
      assert.doesNotMatch(refusal({ SECRET: "MARKER-1", TINA4_SECRET: "MARKER-2" }).message, /MARKER/);
    });

    it("lets an option replace both names", () => {
      assert.equal(load({ TINA4_PORT: "1", PORT: "1" }, { PORT: 0 }).settings.PORT, 0);
    });
  });

  describe("bad values", () => {
    it("names the variable, what is allowed, the value and where it stands", () => {
      write(".env", "\nTINA4_RATE_LIMIT=1e3");
      const { code, message } = refusal({});
      assert.equal(code, "SETTING_INVALID");
      assert.equal(message, 'TINA4_RATE_LIMIT must be a whole number from 0 to 1000000000, not "1e3" (.env, line 2).');
    });

    it("reports all of them at once, a line each", () => {
      const { message } = refusal({ TINA4_RATE_LIMIT: "abc", TINA4_CSRF: "flase", PORT: "-1", TINA4_HSTS: "abc" });
      assert.deepEqual(
        message.split("\n").map((line) => line.split(" ")[0]),
        ["PORT", "TINA4_CSRF", "TINA4_RATE_LIMIT", "TINA4_HSTS"],
      );
    });

    it("never shows a secret", () => {
      const bad = { SECRET: "MARKER\u0000", SECRET_PREVIOUS: "MARKER\u0000", TINA4_SESSION_PASSWORD: "MARKER\u0000" };
      const { message } = refusal(bad);
      assert.equal(message.split("\n").length, 3);
      assert.doesNotMatch(message, /MARKER/);
    });

    it("never shows a password in a URL, also where no URL belongs", () => {
      const url = "redis://user:MARKER@cache:6379";
      const { message } = refusal({ TINA4_DATABASE_URL: url, TINA4_PUBLIC_ORIGIN: url, TINA4_SESSION_HOST: url });
      assert.equal(message.split("\n").length, 3);
      assert.doesNotMatch(message, /MARKER/);
      assert.match(message, /cache:6379/);
    });

    it("escapes control characters and cuts long values", () => {
      const { message } = refusal({ TINA4_CSP: `a\r\n\u001b[2J\u009b${"x".repeat(500)}` });
      assert.doesNotMatch(message, /\p{Cc}/u);
      assert.ok(message.length < 250);
    });

    it("judges options by the same rules and refuses unknown ones", () => {
      assert.equal(refusal({}, { PORT: Number.NaN }).code, "SETTING_INVALID");
      assert.match(refusal({}, { TINA4_RATE_LIMIT: 1e21 }).message, /not "1e\+21" \(option\)/);
      assert.equal(refusal({}, { TINA4_CSRF: "" }).code, "SETTING_INVALID");
      const unknown = { TINA4_CRSF: false } as SettingOverrides;
      assert.deepEqual(
        [refusal({}, unknown).code, refusal({}, unknown).message],
        ["OPTION_UNKNOWN", 'settings has no option "TINA4_CRSF". Did you mean "TINA4_CSRF"?'],
      );
    });
  });

  describe("warnings", () => {
    it("names the nearest setting for an unknown CORS_ name", () => {
      const { warnings } = load({ CORS_ORIGIN: "*" });
      assert.deepEqual(warnings, ["CORS_ORIGIN (environment) is no setting. Did you mean TINA4_CORS_ORIGINS?"]);
    });

    it("names the nearest setting for an unknown TINA4_ name (G06)", () => {
      write(".env", "TINA4_RATE_LIMITS=5");
      const { warnings, settings } = load({ TINA4_CRSF: "true", TINA4_LOG: "1", TINA4_SECRTE: "x" });
      assert.deepEqual(warnings, [
        "TINA4_RATE_LIMITS (.env, line 1) is no setting. Did you mean TINA4_RATE_LIMIT?",
        "TINA4_CRSF (environment) is no setting. Did you mean TINA4_CSRF?",
        "TINA4_LOG (environment) is no setting.",
        "TINA4_SECRTE (environment) is no setting. Did you mean SECRET?",
      ]);
      assert.equal(settings.TINA4_RATE_LIMIT, 100);
    });

    it("ignores settings of tests, foreign variables and second names", () => {
      assert.deepEqual(load({ TINA4_TEST_REQUIRE_SERVICES: "1", HOME: "/x", CORS_ORIGINS: "*" }).warnings, []);
    });
  });

  describe("files", () => {
    it("reports a broken line with file and line", () => {
      write(".env.local", "A=1\nwhat");
      assert.deepEqual(
        [refusal({}).code, refusal({}).message],
        ["SETTING_INVALID", ".env.local, line 2 is no NAME=value."],
      );
    });

    it("refuses a file that is not UTF-8 or cannot be read", () => {
      write(".env", Uint8Array.of(0x41, 0x3d, 0xff));
      assert.equal(refusal({}).message, ".env is not in UTF-8.");
      rmSync(join(root, ".env"));
      mkdirSync(join(root, ".env"));
      assert.equal(refusal({}).message, ".env exists and cannot be read.");
    });
  });

  describe("process.env", () => {
    const saved = { ...process.env };
    afterEach(() => {
      for (const name of Object.keys(process.env)) if (!Object.hasOwn(saved, name)) delete process.env[name];
    });

    it("gets the variables of the files that are no settings, and API_KEYS, and never loses its own", () => {
      process.env.TINA4TEST_OWN = "environment";
      write(".env", "API_KEYS= k1,k2\nTINA4TEST_OWN=file\nTINA4TEST_LOCAL=shared\nTINA4TEST_EMPTY=");
      write(".env.local", "TINA4TEST_LOCAL=local");
      loadSettings({ root });
      const { API_KEYS, TINA4TEST_OWN, TINA4TEST_LOCAL, TINA4TEST_EMPTY } = process.env;
      assert.deepEqual([API_KEYS, TINA4TEST_OWN, TINA4TEST_LOCAL], ["k1,k2", "environment", "local"]);
      assert.equal(TINA4TEST_EMPTY, undefined);
    });

    it("gives no project the API_KEYS that another one has in its file, and what a program sets then counts", () => {
      write(".env", "API_KEYS=of-one-project");
      assert.deepEqual(loadSettings({ root }).settings.API_KEYS, ["of-one-project"]);
      rmSync(join(root, ".env"));
      assert.deepEqual(loadSettings({ root }).settings.API_KEYS, []);
      process.env.API_KEYS = "of-the-program";
      assert.deepEqual(loadSettings({ root }).settings.API_KEYS, ["of-the-program"]);
    });

    it("does not get our settings, which are secrets among others", () => {
      write(".env", `TINA4_API_KEYS=k1\nSECRET=${"s".repeat(32)}\nTINA4_SECRET=${"s".repeat(32)}\nTINA4_RATE_LIMITS=1`);
      loadSettings({ root });
      assert.deepEqual(
        [process.env.SECRET, process.env.TINA4_SECRET, process.env.TINA4_RATE_LIMITS, process.env.TINA4_API_KEYS],
        [undefined, undefined, undefined, undefined],
      );
    });

    it("stays as it is when an environment is given, or when a setting is bad", () => {
      write(".env", "TINA4TEST_GIVEN=1\nPORT=x");
      assert.throws(() => loadSettings({ root }));
      assert.throws(() => load());
      write(".env", "TINA4TEST_GIVEN=1");
      load();
      assert.equal(process.env.TINA4TEST_GIVEN, undefined);
    });
  });
});
