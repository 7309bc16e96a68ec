import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Application } from "../../src/app/application.ts";
import type { SettingOverrides } from "../../src/config/load-settings.ts";
import { SlidingWindow } from "../../src/rate-limit/sliding-window.ts";
import { FakeClock } from "../../src/testing/fake-clock.ts";
import { newApp } from "../app/test-app.ts";

const PROXY = "10.0.0.2";

function limitedApp(limit: number, settings: SettingOverrides = {}) {
  const clock = new FakeClock(1_000_000_000);
  const entered: string[] = [];
  const { app } = newApp({ TINA4_RATE_LIMIT: limit, ...settings }, { now: clock.now });
  app.get("/open", ({ ip, secure }) => ({ ip, secure }));
  app
    .post("/api/login", ({ url }, response) => {
      entered.push(url);
      return response.error("Invalid credentials", 401);
    })
    .noAuth()
    .middleware("RateLimiter:3");
  return { app, clock, entered };
}

interface Sent {
  readonly method?: string;
  readonly from?: string;
  readonly headers?: Record<string, string | readonly string[]>;
}

async function ask(app: Application, path: string, { method = "GET", from = "127.0.0.1", headers = {} }: Sent = {}) {
  const sent = { method, path, remoteAddress: from, headers: { Host: "localhost", ...headers } };
  const answer = await app.dispatch(sent);
  const { status } = answer;
  const told = (name: string) => answer.headers.get(name);
  const text = await answer.text();
  return { status, remaining: told("X-RateLimit-Remaining"), reset: Number(told("X-RateLimit-Reset")), told, text };
}

describe("the rate limit under attack", () => {
  it("R05, R07: takes the first untrusted address from the right, of all lines as one list", async () => {
    const { app } = limitedApp(10, { TINA4_TRUSTED_PROXIES: "10.0.0.0/8" });
    for (const forwarded of ["6.6.6.6, 203.0.113.9", ["6.6.6.6, 7.7.7.7", "203.0.113.9, 10.9.9.9"]]) {
      const { text } = await ask(app, "/open", { from: PROXY, headers: { "X-Forwarded-For": forwarded } });
      assert.equal(JSON.parse(text).ip, "203.0.113.9");
    }
    const { remaining } = await ask(app, "/open", { from: "203.0.113.9" });
    assert.equal(remaining, "7");
  });

  it("R09, R10: counts an IPv6 network as one client, however it is written, and never as an IPv4 address", async () => {
    const { app } = limitedApp(10);
    const network = ["2001:db8:0:1::1", "2001:DB8:0:1:0:0:0:1", "2001:db8:0:1:ffff::"];
    const seen = [];
    for (const from of network) seen.push((await ask(app, "/open", { from })).remaining);
    assert.deepEqual(seen, ["9", "8", "7"]);
    assert.equal((await ask(app, "/open", { from: "2001:db8::1.2.3.4" })).remaining, "9");
    assert.equal((await ask(app, "/open", { from: "1.2.3.4" })).remaining, "9");
  });

  it("R12: keeps a million clients in 150 MB, gives up none of them, and counts those beyond too strictly at worst", () => {
    const memory = (): number => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
    const before = memory();
    const rule = { scope: "test", limit: 1, windowSeconds: 60 };
    const window = new SlidingWindow(rule, { now: () => 0, maxClients: 1_000_000 });
    for (let client = 0; client < 1_000_000; client += 1) assert.ok(window.take(`client ${client}`).allowed);
    for (let stranger = 0; stranger < 100_000; stranger += 1) window.take(`stranger ${stranger}`);
    assert.ok(memory() - before < 150_000_000, `${memory() - before} bytes`);
    for (let client = 0; client < 1_000_000; client += 997)
      assert.equal(window.take(`client ${client}`).allowed, false);
    for (let stranger = 0; stranger < 100_000; stranger += 97) {
      assert.equal(window.take(`stranger ${stranger}`).allowed, false);
    }
  });

  it("R13: offers no second spelling of a path that has a counter of its own", async () => {
    const { app, entered } = limitedApp(100);
    const spellings = ["/api/login", "/api/login?x", "/api/login?x=1&y", "//api/login", "/api/login/", "/API/login"];
    const statuses = [];
    for (const path of [...spellings, "/api/%6cogin", "/api/./login", "/api//login", "/api/login?z"]) {
      statuses.push((await ask(app, path, { method: "POST" })).status);
    }
    assert.deepEqual(statuses, [401, 401, 401, 400, 404, 404, 400, 400, 404, 429]);
    assert.equal(entered.length, 3);
  });

  it("R17: a clock that is set back blocks nobody for longer and shows nothing negative", async () => {
    const { app, clock } = limitedApp(1);
    await ask(app, "/open");
    clock.advance(-3600);
    const refused = await ask(app, "/open");
    assert.deepEqual([refused.status, refused.remaining, refused.reset], [429, "0", 60]);
    clock.advance(60);
    assert.deepEqual((await ask(app, "/open")).status, 200);
  });

  it("R18: does not start with a limit that is no whole number; 0 is off, nothing is the default", async () => {
    for (const limit of ["abc", "-1", "1e3", "10 x", "1.5", "0x10", "Infinity"]) {
      assert.throws(() => newApp({ TINA4_RATE_LIMIT: limit }), { code: "SETTING_INVALID" }, limit);
    }
    assert.equal((await ask(limitedApp(0).app, "/open")).told("X-RateLimit-Limit"), null);
    const { app } = newApp();
    app.get("/open", () => "x");
    assert.equal((await ask(app, "/open")).told("X-RateLimit-Limit"), "100");
  });

  it("R19: does not start with a hop count, true, or a range that trusts everybody", () => {
    for (const proxies of ["1", "2", "true", "0.0.0.0/0", "::/0", "10.0.0.0/33", "*", "loopback"]) {
      assert.throws(() => newApp({ TINA4_TRUSTED_PROXIES: proxies }), { code: "SETTING_INVALID" }, proxies);
    }
  });

  it("R20: takes no stranger's word for HTTPS", async () => {
    const { app } = limitedApp(10, { TINA4_TRUSTED_PROXIES: PROXY, TINA4_HSTS: "3600" });
    const headers = { "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9" };
    const stranger = await ask(app, "/open", { from: "198.51.100.7", headers });
    assert.deepEqual(JSON.parse(stranger.text), { ip: "198.51.100.7", secure: false });
    assert.equal(stranger.told("Strict-Transport-Security"), null);
    const proxied = await ask(app, "/open", { from: PROXY, headers });
    assert.deepEqual(JSON.parse(proxied.text), { ip: "203.0.113.9", secure: true });
  });
});
