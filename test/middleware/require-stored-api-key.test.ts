import assert from "node:assert/strict";
import { beforeEach, describe, it, type TestContext } from "node:test";
import type { ApiKeyRecord } from "../../src/auth/api-keys/api-key-record.ts";
import { createApiKey, type NewApiKey } from "../../src/auth/api-keys/create-api-key.ts";
import type { StoredApiKeyOptions } from "../../src/middleware/api-key-options.ts";
import { requireApiKey } from "../../src/middleware/require-api-key.ts";
import { FakeClock } from "../../src/testing/fake-clock.ts";
import { newApp } from "../app/test-app.ts";

interface Row extends ApiKeyRecord {
  readonly name: string;
}

const records = new Map<string, Row>();
const clock = new FakeClock(1_000_000);
let asked: string[] = [];
let used: string[] = [];

function newKey(record: Partial<Row> = {}): NewApiKey {
  const made = createApiKey();
  records.set(made.hash, { name: "Mobile App", isActive: true, ...record });
  return made;
}

function open(test: TestContext, options: Partial<StoredApiKeyOptions<Row>> = {}) {
  const { app, log } = newApp({ TINA4_RATE_LIMIT: 0 }, { now: clock.now });
  const guard = requireApiKey<Row>({
    find: (hash) => {
      asked.push(hash);
      return Promise.resolve(records.get(hash) ?? null);
    },
    onUse: ({ name }) => used.push(name),
    ...options,
  });
  app.get("/data", (request) => ({ api_key: guard.of(request).name, state: request.state })).middleware(guard);
  test.after(() => app.close());
  const ask = async (...keys: readonly string[]) => {
    const headers = { Host: "localhost", "X-API-Key": keys };
    const response = await app.dispatch({ path: "/data", headers });
    return { status: response.status, body: (await response.json()) as { error?: string } };
  };
  return { ask, log };
}

describe("requireApiKey with keys that the program keeps", () => {
  beforeEach(() => {
    records.clear();
    asked = [];
    used = [];
  });

  it("finds the record by the hash of the key, and hands it on", async (test) => {
    const { ask } = open(test);
    const { key, hash } = newKey();
    const record = { name: "Mobile App", isActive: true };
    assert.deepEqual(await ask(key), { status: 200, body: { api_key: "Mobile App", state: { apiKey: record } } });
    assert.deepEqual(asked, [hash]);
    assert.deepEqual(used, ["Mobile App"]);
  });

  it("refuses what is missing, wrong, deactivated or expired, in the book's words, and counts none of it (F01)", async (test) => {
    const { ask } = open(test);
    const expiresAt = new Date(clock.now() + 1000);
    const expiring = newKey({ expiresAt }).key;
    const off = newKey({ isActive: false }).key;
    const said = async (...keys: string[]) =>
      Object.values(await ask(...keys)).flatMap((part) => (typeof part === "object" ? part.error : part));
    assert.deepEqual(await said(), [401, "API key required. Send in X-API-Key header."]);
    assert.deepEqual(await said("wrong"), [403, "Invalid API key"]);
    assert.deepEqual(await said(off), [403, "API key has been deactivated"]);
    assert.equal((await ask(expiring)).status, 200);
    clock.advance(1);
    assert.deepEqual(await said(expiring), [403, "API key has expired"]);
    assert.deepEqual(used, ["Mobile App"]);
  });

  it("asks the store nothing about two headers, a list, 10 kB or odd characters (F05)", async (test) => {
    const { ask } = open(test);
    const { key } = newKey();
    assert.deepEqual(await ask(key, key), { status: 400, body: { error: "Bad request" } });
    const list = `${key},${createApiKey().key}`;
    for (const odd of [list, "x".repeat(10_000), "a b", "sch\u00fcssel"]) {
      assert.deepEqual(await ask(odd), { status: 403, body: { error: "Invalid API key" } });
    }
    assert.deepEqual(asked, []);
    assert.equal((await ask("'%20OR%201=1--")).status, 403);
  });

  it("asks once, by hash alone, whether the beginning of a key is right or unknown (F07)", async (test) => {
    const { ask } = open(test);
    const { key, prefix } = newKey();
    const guesses = [prefix + "0".repeat(key.length - prefix.length), createApiKey().key, "unknown"];
    for (const guess of guesses) {
      asked = [];
      assert.equal((await ask(guess)).status, 403);
      assert.equal(asked.length, 1);
    }
  });

  it("tells the log, and nobody else, when a key was misspelt", async (test) => {
    const { ask, log } = open(test);
    const { key } = newKey();
    assert.deepEqual(await ask(key.slice(0, -1)), await ask(createApiKey().key));
    assert.deepEqual(
      log.entries.map(({ cause }) => cause),
      ["the key is misspelt or cut off", undefined],
    );
    assert.doesNotMatch(log.lines.join(), /tk_/);
  });

  it("never gives what another guard let in for its own", async (test) => {
    const { app, log } = newApp({ TINA4_RATE_LIMIT: 0 });
    test.after(() => app.close());
    const guardOf = (name: string) => requireApiKey<Row>({ find: () => ({ name, isActive: true }) });
    const [ofPartners, ofStaff] = [guardOf("partner"), guardOf("staff")];
    app.get("/mixed", (request) => ({ name: ofStaff.of(request).name })).middleware(ofPartners);
    app
      .get("/both", (request) => [ofPartners.of(request).name, ofStaff.of(request).name])
      .middleware(ofStaff, ofPartners);
    const ask = (path: string) => app.dispatch({ path, headers: { Host: "localhost", "X-API-Key": newKey().key } });
    assert.equal((await ask("/mixed")).status, 500);
    assert.match(log.lines.join("\n"), /did not come through this requireApiKey/);
    assert.deepEqual(await (await ask("/both")).json(), ["partner", "staff"]);
  });

  it("counts each key against the limit of its record, and what is refused against none", async (test) => {
    const { ask } = open(test, { rateLimit: 1 });
    const [two, one] = [newKey({ rateLimit: 2 }).key, newKey({ rateLimit: null }).key];
    const statuses = [];
    for (const key of [two, one, two, one, two]) statuses.push((await ask(key)).status);
    assert.deepEqual(statuses, [200, 200, 200, 429, 429]);
    assert.equal(used.length, 3);
    clock.advance(60);
    assert.equal((await ask(two)).status, 200);
  });

  it("lets nobody in when the record, the store or the count fails", async (test) => {
    const fails = () => Promise.reject(new Error("The database is away."));
    const { key } = newKey();
    const loose = newKey({ isActive: 1 as unknown as boolean }).key;
    const limitless = newKey({ rateLimit: 0 }).key;
    assert.equal((await open(test, { find: fails }).ask(key)).status, 500);
    assert.equal((await open(test, { onUse: fails }).ask(key)).status, 500);
    const { ask, log } = open(test);
    for (const unclear of [loose, limitless]) assert.equal((await ask(unclear)).status, 500);
    assert.match(log.lines.join("\n"), /must say isActive: true or false/);
    assert.deepEqual(used, []);
  });

  it("keeps 64 different limits apart, and refuses more of them", async (test) => {
    const { ask, log } = open(test);
    for (let rateLimit = 1; rateLimit <= 64; rateLimit++) {
      assert.equal((await ask(newKey({ rateLimit }).key)).status, 200);
    }
    assert.equal((await ask(newKey({ rateLimit: 65 }).key)).status, 500);
    assert.match(log.lines.join("\n"), /at most 64 different limits of API keys/);
  });
});
