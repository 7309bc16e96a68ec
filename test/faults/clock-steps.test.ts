import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import type { Application } from "../../src/app/application.ts";
import { FakeClock } from "../../src/testing/fake-clock.ts";
import { type TestClient, testClient } from "../../src/testing/test-client.ts";
import { newApp } from "../app/test-app.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
const LIMIT = 3;
const SECONDS_OF_SWEEPING = 120;
const WRONG = { json: { password: "wrong" } };

/** Somebody who is logged in, and what they hold from before the clock is set. */
interface Visitor {
  readonly client: TestClient;
  readonly token: string;
  readonly formToken: string;
  readonly usedFormToken: string;
  readonly refreshToken: string;
}

describe("a clock that is set", () => {
  let app: Application;
  let clock: FakeClock;

  beforeEach(() => {
    clock = new FakeClock(1_700_000_000_000);
    const settings = { TINA4_SESSION_BACKEND: "memory", TINA4_RATE_LIMIT: 0 } as const;
    ({ app } = newApp(settings, { now: clock.now }));
    app.get("/page", (request) => request.formToken());
    app.get("/me", ({ user }) => ({ sub: user?.sub })).secure({ session: true });
    app.get("/limited", () => "fine").middleware(`RateLimiter:${LIMIT}`);
    app.post("/form", () => ({ ok: true })).secure({ session: true });
    app
      .post("/login", async (request) => {
        await app.auth.login(request, { sub: 1 });
        return app.auth.issueTokens({ sub: 1 });
      })
      .noAuth();
    app
      .post("/guess", (_request, response) => response.error("Invalid credentials", 401))
      .noAuth()
      .middleware("LoginThrottle:2");
    app
      .post("/refresh", async ({ body }) => ({
        pair: await app.auth.refreshTokens((body as { refreshToken: string }).refreshToken),
      }))
      .noAuth();
  });
  afterEach(() => app.close());

  async function visitor(): Promise<Visitor> {
    const client = await testClient(app);
    const { refreshToken } = (await (await client.post("/login", { json: {} })).json()) as { refreshToken: string };
    const formToken = await formTokenFor(client);
    const usedFormToken = await formTokenFor(client);
    assert.equal(await submit(client, usedFormToken), 200);
    return { client, token: app.auth.getToken({ sub: 1 }), formToken, usedFormToken, refreshToken };
  }

  async function statusesOf(held: Visitor): Promise<Record<string, number>> {
    const stranger = await testClient(app);
    return {
      session: (await held.client.get("/me")).status,
      token: (await stranger.get("/me", { token: held.token })).status,
      formToken: await submit(held.client, held.formToken),
      usedFormToken: await submit(held.client, held.usedFormToken),
    };
  }

  async function isRefreshed({ refreshToken }: Visitor): Promise<boolean> {
    const answer = await (await testClient(app)).post("/refresh", { json: { refreshToken } });
    return ((await answer.json()) as { pair: unknown }).pair !== null;
  }

  async function take(path: string, method: "get" | "post", count: number): Promise<number[]> {
    const client = await testClient(app);
    const statuses = [];
    for (let request = 0; request < count; request += 1) {
      statuses.push((await client[method](path, method === "post" ? WRONG : {})).status);
    }
    return statuses;
  }

  it("back by an hour takes nothing for valid that has not begun, and lets whoever logs in anew work at once", async () => {
    const held = await visitor();
    clock.advance(-HOUR);
    assert.deepEqual(await statusesOf(held), { session: 200, token: 401, formToken: 403, usedFormToken: 403 });
    assert.equal(await isRefreshed(held), true);
    const { client, token, formToken } = await visitor();
    const expected = { session: 200, token: 200, formToken: 200, usedFormToken: 403 };
    assert.deepEqual(await statusesOf({ ...held, client, token, formToken }), expected);
    assert.equal(await submit(held.client, await formTokenFor(held.client)), 200);
  });

  it("forward by a day ends what would have ended in that time, and nobody's new login", async () => {
    const held = await visitor();
    clock.advance(DAY);
    assert.deepEqual(await statusesOf(held), { session: 401, token: 401, formToken: 401, usedFormToken: 401 });
    assert.equal(await isRefreshed(held), true, "its week is not over");
    assert.deepEqual(await statusesOf(await visitor()), {
      session: 200,
      token: 200,
      formToken: 200,
      usedFormToken: 403,
    });
  });

  it("forward by a day and back again brings no session and no spent form back", async () => {
    const held = await visitor();
    clock.advance(DAY);
    await statusesOf(held);
    for (let second = 0; second < SECONDS_OF_SWEEPING; second += 1) {
      app.backends.tick();
      await turn();
    }
    clock.advance(-DAY);
    assert.deepEqual(await statusesOf(held), { session: 401, token: 200, formToken: 401, usedFormToken: 401 });
  });

  it("lets no client make more requests, and keeps none out for longer", async () => {
    for (const step of [-HOUR, -10, 0]) {
      clock.advance(120);
      assert.deepEqual(await take("/limited", "get", LIMIT + 1), [200, 200, 200, 429]);
      clock.advance(step);
      assert.deepEqual(await take("/limited", "get", 1), [429]);
      clock.advance(59);
      assert.deepEqual(await take("/limited", "get", 1), [429]);
      clock.advance(1);
    }
    assert.deepEqual(await take("/limited", "get", LIMIT + 1), [200, 200, 200, 429]);
  });

  it("lets nobody guess more passwords, and keeps none out for longer", async () => {
    assert.deepEqual(await take("/guess", "post", 3), [401, 401, 429]);
    clock.advance(-HOUR);
    assert.deepEqual(await take("/guess", "post", 1), [429]);
    clock.advance(60);
    assert.deepEqual(await take("/guess", "post", 3), [401, 401, 429]);
  });
});

async function formTokenFor(client: TestClient): Promise<string> {
  return await (await client.get("/page")).text();
}

async function submit(client: TestClient, formToken: string): Promise<number> {
  return (await client.post("/form", { form: { formToken } })).status;
}
