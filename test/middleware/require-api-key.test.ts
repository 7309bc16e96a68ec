import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { requireApiKey } from "../../src/middleware/require-api-key.ts";
import { lockOf } from "../../src/pipeline/lock-of.ts";
import type { MiddlewareFunction } from "../../src/pipeline/middleware.ts";
import { FakeClock } from "../../src/testing/fake-clock.ts";
import type { TestClient } from "../../src/testing/test-client.ts";
import { describeOverBothTransports } from "../app/both-transports.ts";
import { type LogMemory, newApp } from "../app/test-app.ts";

const ALPHA = "key-alpha-001";
const REQUIRED = { error: "API key required" };
const INVALID = { error: "Invalid API key" };

async function answer(client: TestClient, path: string, headers: Record<string, string> = {}, method = "GET") {
  const {
    status,
    headers: sent,
    ...given
  } = await client.request(method, path, { headers }).then(async (response) => ({
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as unknown,
  }));
  return { status, headers: sent, body: given.body };
}

describeOverBothTransports("requireApiKey with the keys of API_KEYS", (open) => {
  let client: TestClient;
  let log: LogMemory;
  let entered = 0;

  before(async () => {
    const { app, log: ofApp } = newApp({
      API_KEYS: `${ALPHA}, key-beta-002 ,,`,
      TINA4_TRUSTED_ORIGINS: "https://our.app",
    });
    log = ofApp;
    const guard = requireApiKey();
    app.group("/api", { middleware: guard }, () => {
      app.get("/data", (request) => {
        entered += 1;
        return { authenticated_with: Reflect.get(request.state, "apiKey"), typed: guard.of(request) };
      });
      app.post("/orders", () => ({ ordered: true })).noAuth();
      app.get("/kept", (_request, response) => response.header("Cache-Control", "private, max-age=60").json({}));
    });
    const exceptHealth: MiddlewareFunction = (request, response, next) =>
      request.path === "/wrapped/health" ? next() : guard(request, response, next);
    app.group("/wrapped", { middleware: exceptHealth }, () => {
      app.get("/health", () => ({ up: true }));
      app.get("/data", () => ({}));
    });
    app.get("/open", (request) => ({ key: guard.of(request) }));
    client = await open(app);
  });

  after(() => client.close());
  beforeEach(() => {
    entered = 0;
    log.lines.length = 0;
  });

  it("lets in with any of the keys, and tells the handler which", async () => {
    for (const key of [ALPHA, "key-beta-002"]) {
      const { status, body, headers } = await answer(client, "/api/data", { "X-API-Key": key });
      assert.deepEqual([status, body], [200, { authenticated_with: key, typed: key }]);
      assert.equal(headers.get("Cache-Control"), "no-store");
    }
  });

  it("answers 401 without a key, with a challenge, and 403 with a wrong one (F01)", async () => {
    for (const headers of [{}, { "X-API-Key": "" }, { "X-API-Key": "  " }]) {
      const { status, body, headers: sent } = await answer(client, "/api/data", headers);
      assert.deepEqual([status, body], [401, REQUIRED]);
      assert.equal(sent.get("WWW-Authenticate"), 'ApiKey header="X-API-Key"');
    }
    for (const key of [
      "wrong-key",
      ALPHA.toUpperCase(),
      `${ALPHA}x`,
      ALPHA.slice(0, -1),
      ",",
      `${ALPHA},key-beta-002`,
    ]) {
      const { status, body } = await answer(client, "/api/data", { "X-API-Key": key });
      assert.deepEqual([status, body], [403, INVALID], key);
    }
    assert.equal(entered, 0);
  });

  it("takes no key from the query, and warns without showing it (F04)", async () => {
    const { status, body } = await answer(client, `/api/data?api_key=${ALPHA}`);
    assert.deepEqual([status, body], [401, REQUIRED]);
    const [warning, refusal] = log.entries;
    assert.deepEqual([warning?.level, warning?.path], ["warn", "/api/data"]);
    assert.match(warning?.message ?? "", /^An API key stands in the query/);
    assert.equal(refusal?.target, "/api/data?api_key=[redacted]");
    assert.doesNotMatch(log.lines.join("\n"), /key-alpha/);
  });

  it("lets the answer be kept where the handler says by whom", async () => {
    const { headers } = await answer(client, "/api/kept", { "X-API-Key": ALPHA });
    assert.equal(headers.get("Cache-Control"), "private, max-age=60");
    assert.match(headers.get("Vary") ?? "", /(?:^|, )X-API-Key(?:,|$)/);
  });

  it("lets a program write with a key, and no page of another site", async () => {
    const key = { "X-API-Key": ALPHA };
    assert.equal((await answer(client, "/api/orders", key, "POST")).status, 200);
    assert.deepEqual((await answer(client, "/api/orders", {}, "POST")).body, REQUIRED);
    const foreign = { ...key, Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" };
    const refused = await answer(client, "/api/orders", foreign, "POST");
    assert.deepEqual([refused.status, refused.body], [403, { error: "Cross-site request refused" }]);
    const trusted = { ...key, Origin: "https://our.app", "Sec-Fetch-Site": "cross-site" };
    assert.equal((await answer(client, "/api/orders", trusted, "POST")).status, 200);
  });

  it("can be asked from other middleware", async () => {
    assert.equal((await answer(client, "/wrapped/health")).status, 200);
    assert.equal((await answer(client, "/wrapped/data")).status, 401);
    assert.equal((await answer(client, "/wrapped/data", { "X-API-Key": ALPHA })).status, 200);
  });

  it("knows no key of a request that did not come through it", async () => {
    const { status, body } = await answer(client, "/open", { "X-API-Key": ALPHA });
    assert.deepEqual([status, body], [500, { error: "Internal server error" }]);
    const [entry] = log.entries as unknown as { error: { code: string; message: string } }[];
    assert.equal(entry?.error.code, "MIDDLEWARE_INVALID");
    assert.match(entry?.error.message ?? "", /did not come through this requireApiKey/);
  });
});

describe("requireApiKey", () => {
  for (const API_KEYS of [undefined, "", " , ,"]) {
    it(`answers 401 to everybody where API_KEYS is ${JSON.stringify(API_KEYS)}`, async (test) => {
      const { app, log } = newApp({ API_KEYS });
      app.get("/data", () => ({})).middleware(requireApiKey());
      test.after(() => app.close());
      for (const key of [undefined, "", "undefined", ALPHA, ","]) {
        const headers = { Host: "localhost", ...(key !== undefined && { "X-API-Key": key }) };
        const response = await app.dispatch({ path: "/data", headers });
        assert.deepEqual([response.status, await response.json()], [401, REQUIRED]);
      }
      assert.equal(log.entries.at(-1)?.cause, "API_KEYS is not set, so nobody has a key");
    });
  }

  it("counts each key against its limit, wherever it is used from, exactly", async (test) => {
    const clock = new FakeClock(1_000_000);
    const { app } = newApp({ API_KEYS: `${ALPHA},key-beta-002`, TINA4_RATE_LIMIT: 4 }, { now: clock.now });
    app.get("/data", () => ({})).middleware(requireApiKey({ rateLimit: 3 }));
    test.after(() => app.close());
    const ask = (key: string, remoteAddress: string) =>
      app.dispatch({ path: "/data", headers: { Host: "localhost", "X-API-Key": key }, remoteAddress });
    const left = (response: Response) => response.headers.get("X-RateLimit-Remaining");
    assert.deepEqual([left(await ask(ALPHA, "192.0.2.1")), left(await ask(ALPHA, "192.0.2.2"))], ["2", "1"]);
    assert.equal(left(await ask(ALPHA, "192.0.2.3")), "0");
    clock.advance(18);
    const refused = await ask(ALPHA, "192.0.2.4");
    const error = "Rate limit exceeded. Try again in 42 seconds.";
    assert.deepEqual([refused.status, await refused.json()], [429, { error, retry_after: 42 }]);
    const headers = ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "Retry-After"];
    assert.deepEqual(
      headers.map((name) => refused.headers.get(name)),
      ["3", "0", "42", "42"],
    );
    assert.equal((await ask("key-beta-002", "192.0.2.4")).status, 200);
    clock.advance(42);
    assert.equal((await ask(ALPHA, "192.0.2.4")).status, 200);
  });

  it("counts no key and shows no limit where none is set", async (test) => {
    const { app } = newApp({ API_KEYS: ALPHA, TINA4_RATE_LIMIT: 0 });
    app.get("/data", () => ({})).middleware(requireApiKey());
    test.after(() => app.close());
    const { status, headers } = await app.dispatch({
      path: "/data",
      headers: { Host: "localhost", "X-API-Key": ALPHA },
    });
    assert.deepEqual([status, headers.get("X-RateLimit-Limit")], [200, null]);
  });

  it("leaves alone what middleware before it has said about caches", async (test) => {
    const { app } = newApp({ API_KEYS: ALPHA });
    const keep: MiddlewareFunction = (_request, response, next) => {
      response.header("Cache-Control", "private, max-age=60");
      return next();
    };
    app.get("/data", () => ({})).middleware(keep, requireApiKey());
    test.after(() => app.close());
    const { headers } = await app.dispatch({ path: "/data", headers: { Host: "localhost", "X-API-Key": ALPHA } });
    assert.equal(headers.get("Cache-Control"), "private, max-age=60");
  });

  it("has a name for the list of middleware, and says there what it asks for", () => {
    const guard = requireApiKey();
    assert.deepEqual([guard.name, lockOf(guard)], ["requireApiKey", "API key"]);
  });

  it("shows the limit with the fewest places left", async (test) => {
    const { app } = newApp({ API_KEYS: ALPHA, TINA4_RATE_LIMIT: 2 });
    app.get("/data", () => ({})).middleware(requireApiKey({ rateLimit: 50 }));
    test.after(() => app.close());
    const { headers } = await app.dispatch({ path: "/data", headers: { Host: "localhost", "X-API-Key": ALPHA } });
    assert.deepEqual([headers.get("X-RateLimit-Limit"), headers.get("X-RateLimit-Remaining")], ["2", "1"]);
  });

  it("reads another header where it is told to, and says so", async (test) => {
    const { app } = newApp({ API_KEYS: ALPHA });
    app.get("/data", () => ({})).middleware(requireApiKey({ header: "X-Partner-Key" }));
    test.after(() => app.close());
    const ask = (name: string) => app.dispatch({ path: "/data", headers: { Host: "localhost", [name]: ALPHA } });
    const missing = await ask("X-API-Key");
    assert.deepEqual([missing.status, missing.headers.get("WWW-Authenticate")], [401, 'ApiKey header="X-Partner-Key"']);
    assert.equal((await ask("x-partner-key")).status, 200);
  });

  it("refuses options that would be a hole", () => {
    const wrong: readonly [object, RegExp][] = [
      [{ rateLimt: 5 }, /^requireApiKey has no option "rateLimt"\. Did you mean "rateLimit"/],
      [{ rateLimit: 0 }, /rateLimit must be a whole number/],
      [{ rateLimit: 1_000_000_001 }, /rateLimit must be a whole number from 1 to 1000000000, not 1000000001/],
      [{ rateLimit: Number.NaN }, /rateLimit must be a whole number/],
      [{ header: "Authorization" }, /needs a header of its own, not "Authorization"/],
      [{ header: "X Key" }, /needs a header of its own/],
      [{ find: undefined }, /has a find that is no function/],
      [{ onUse: () => {} }, /onUse as a function, and together with find/],
    ];
    for (const [options, message] of wrong) {
      assert.throws(() => requireApiKey(options), { name: "Tina4Error", message });
    }
    for (const header of ["Cookie", "Host", "Origin", "Referer", "User-Agent"]) {
      assert.throws(() => requireApiKey({ header }), { code: "OPTION_INVALID", message: /needs a header of its own/ });
    }
    for (const rateLimit of [1, 1_000_000_000]) assert.doesNotThrow(() => requireApiKey({ rateLimit }));
  });
});
