import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Application } from "../../src/app/application.ts";
import type { Response } from "../../src/http/response.ts";
import { LoginThrottle, loginLimit, throttleLogins } from "../../src/middleware/login-throttle.ts";
import type { MiddlewareEntry } from "../../src/pipeline/middleware.ts";
import { LoginThrottle as Throttle } from "../../src/rate-limit/login-throttle.ts";
import type { Handler } from "../../src/router/handler.ts";
import { FakeClock } from "../../src/testing/fake-clock.ts";
import { newApp } from "../app/test-app.ts";
import { newExchange } from "../pipeline/new-exchange.ts";
import { lateStore } from "../rate-limit/late-store.ts";

const ZOE = { email: "zoe@example.com", password: "wrong" };
const RIGHT = { ...ZOE, password: "right" };

interface Sent {
  readonly json?: unknown;
  readonly token?: string;
  readonly from?: string;
}

async function post(app: Application, path: string, { json, token, from = "127.0.0.1" }: Sent = {}) {
  const headers = {
    Host: "localhost",
    ...(json !== undefined && { "Content-Type": "application/json" }),
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
  };
  const body = json === undefined ? {} : { body: JSON.stringify(json) };
  return await app.dispatch({ method: "POST", path, headers, remoteAddress: from, ...body });
}

async function statuses(app: Application, path: string, attempts: readonly Sent[]): Promise<number[]> {
  const seen = [];
  for (const attempt of attempts) seen.push((await post(app, path, attempt)).status);
  return seen;
}

/** A login that knows one password, whoever asks. */
function loginApp(...list: MiddlewareEntry[]) {
  const clock = new FakeClock(1_000_000);
  const { app } = newApp({}, { now: clock.now });
  app
    .post("/login", ({ body }, response) =>
      body.password === "right" ? { welcome: true } : response.error("Invalid credentials", 401),
    )
    .noAuth()
    .middleware(...list);
  return { app, clock };
}

const times = (count: number, sent: Sent): Sent[] => Array.from({ length: count }, () => sent);

describe("LoginThrottle in a list", () => {
  it("answers the sixth failed attempt as a rate limit does, also for the right password (A05)", async () => {
    const { app, clock } = loginApp("LoginThrottle:5");
    assert.deepEqual(await statuses(app, "/login", times(5, { json: ZOE })), [401, 401, 401, 401, 401]);
    clock.advance(18);
    const refused = await post(app, "/login", { json: RIGHT });
    assert.equal(refused.status, 429);
    assert.deepEqual(
      ["Retry-After", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"].map((name) =>
        refused.headers.get(name),
      ),
      ["42", "5", "0", "42"],
    );
    assert.equal(await refused.text(), '{"error":"Rate limit exceeded. Try again in 42 seconds.","retry_after":42}');
    assert.equal((await post(app, "/login", { json: { ...RIGHT, email: "ada@example.com" } })).status, 200);
    assert.equal((await post(app, "/login", { json: RIGHT, from: "203.0.113.9" })).status, 200);
    clock.advance(42);
    assert.equal((await post(app, "/login", { json: RIGHT })).status, 200);
  });

  it("counts no attempt that succeeds, is refused for another reason, or throws", async () => {
    const { app } = loginApp("LoginThrottle:1");
    app
      .post("/odd", ({ body }) => (body.text ? (undefined as never) : Promise.reject(new Error("odd"))))
      .noAuth()
      .middleware("LoginThrottle:1");
    assert.deepEqual(await statuses(app, "/login", times(4, { json: RIGHT })), [200, 200, 200, 200]);
    assert.deepEqual(await statuses(app, "/odd", times(3, { json: { ...ZOE, text: true } })), [500, 500, 500]);
    assert.deepEqual(await statuses(app, "/odd", times(3, { json: ZOE })), [500, 500, 500]);
  });

  it("counts by the answer that leaves: what other middleware makes of it, and a thrown 401", async () => {
    const { app } = loginApp("LoginThrottle:1", async (_request, response, next) => {
      const answer = await next();
      return answer.statusCode === 401 ? response.error("no", 403) : response.error("no", 401);
    });
    assert.deepEqual(
      await statuses(app, "/login", [...times(2, { json: ZOE }), ...times(2, { json: RIGHT })]),
      [403, 403, 401, 429],
    );
  });

  it("counts a guess that is under way, until its answer leaves: a timeout gives the place back", async () => {
    const guard = throttleLogins(new Throttle({ limit: 1, now: () => 0 }));
    const guess = (): Response => {
      const { request, response } = newExchange();
      guard(request, response, () => response);
      return response;
    };
    const slow = guess();
    assert.throws(guess, { status: 429, code: "RATE_LIMITED" });
    slow.error("The request took too long", 503);
    for (const depart of slow.departures ?? []) await depart();
    const failed = guess();
    failed.error("Invalid credentials", 401);
    for (const depart of failed.departures ?? []) await depart();
    assert.throws(guess, { status: 429 });
  });

  it("runs no handler before a store that answers later has answered, nor for whom it refuses", async () => {
    const guard = throttleLogins(new Throttle({ limit: 1, now: () => 0, sharedStore: lateStore }));
    let entered = 0;
    const guess = async (status: number): Promise<void> => {
      const { request, response } = newExchange();
      const answer = guard(request, response, () => {
        entered += 1;
        return response.error("", status);
      });
      const before = entered;
      await answer;
      assert.equal(entered, before + 1);
      for (const depart of response.departures ?? []) await depart();
    };
    await guess(404);
    await guess(401);
    await assert.rejects(guess(401), { status: 429, code: "RATE_LIMITED" });
    assert.equal(entered, 2);
  });

  it("counts parallel guesses before any of them has failed", async () => {
    const { app } = loginApp("LoginThrottle:5");
    const answers = await Promise.all(times(30, { json: ZOE }).map((sent) => post(app, "/login", sent)));
    assert.equal(answers.filter(({ status }) => status === 401).length, 5);
  });

  it("allows ten times as many failed attempts from one address", async () => {
    const { app } = loginApp("LoginThrottle:1");
    const many = Array.from({ length: 11 }, (_, index) => ({ json: { ...ZOE, email: `user${index}` } }));
    assert.deepEqual(await statuses(app, "/login", many), [...Array(10).fill(401), 429]);
  });
});

describe("whom LoginThrottle counts for", () => {
  it("is email or username in any spelling, where it is text, and else the address alone (A09)", async () => {
    const { app } = loginApp("LoginThrottle:1");
    const attempts = [{ email: "A@x" }, { email: " a@x" }, { username: "a@X\0" }, { username: "b" }, { username: "B" }];
    assert.deepEqual(
      await statuses(
        app,
        "/login",
        attempts.map((json) => ({ json })),
      ),
      [401, 429, 429, 401, 429],
    );
    const odd = [{ email: 7 }, { email: ["a"], username: {} }, {}, []];
    assert.deepEqual(
      await statuses(
        app,
        "/login",
        odd.map((json) => ({ json })),
      ),
      [401, 429, 429, 429],
    );
  });

  it("cannot be hidden behind another name or behind the subject, nor a subject behind a name", async () => {
    const { app } = loginApp("LoginThrottle:1");
    const token = app.auth.getToken({ sub: 42 });
    assert.deepEqual(
      await statuses(app, "/login", [
        { json: { username: "zoe", email: "junk1" } },
        { json: { username: "zoe", email: "junk2" } },
        { token, json: { email: "junk3" } },
        { token, json: { email: "junk4" } },
        { json: { email: "42" } },
        { json: { email: "subject 42" } },
      ]),
      [401, 429, 401, 429, 401, 401],
    );
    const other = app.auth.getToken({ user_id: "7" });
    assert.deepEqual(await statuses(app, "/login", times(2, { token: other, json: {} })), [401, 429]);
  });
});

describe("the place of LoginThrottle", () => {
  it("has counters of its own for each route, and one for all routes of a group", async () => {
    const { app } = newApp();
    const refuse: Handler = (_request, response) => response.error("no", 401);
    app.post("/a", refuse).noAuth().middleware("LoginThrottle:1");
    app.post("/b", refuse).noAuth().middleware("LoginThrottle:1");
    app.group("/group", { middleware: "LoginThrottle:1" }, () => {
      app.post("/a", refuse).noAuth();
      app.post("/b", refuse).noAuth();
    });
    const seen = [];
    for (const path of ["/a", "/b", "/a", "/group/a", "/group/b"]) {
      seen.push((await post(app, path, { json: ZOE })).status);
    }
    assert.deepEqual(seen, [401, 401, 429, 401, 429]);
  });

  it("may hold the exported value, its name, or a name it was given: each allows five", async () => {
    for (const entry of [LoginThrottle, "LoginThrottle", "Slow"]) {
      const { app } = loginApp(entry);
      app.middleware.register("Slow", LoginThrottle);
      app.middleware.register("LoginThrottle", LoginThrottle);
      assert.deepEqual(await statuses(app, "/login", times(6, { json: ZOE })), [401, 401, 401, 401, 401, 429]);
    }
  });

  it("is a list, and nothing else: called by hand it throws", () => {
    assert.throws(() => LoginThrottle({} as never, {} as never, assert.fail), { code: "MIDDLEWARE_INVALID" });
  });

  it("is a boot error when what follows the colon is no limit", async () => {
    for (const entry of [
      "LoginThrottle:x",
      "LoginThrottle:0",
      "LoginThrottle:-1",
      "LoginThrottle:1.5",
      "LoginThrottle:",
    ]) {
      const { app } = loginApp(entry);
      await assert.rejects(app.ready(), (error: { code: string; message: string }) => {
        assert.equal(error.code, "MIDDLEWARE_INVALID");
        assert.match(error.message, /^POST \/login \(.*\): "LoginThrottle:/);
        return true;
      });
    }
  });

  it("takes 1 to 99999999 failed attempts for a limit, written as a plain number", () => {
    assert.deepEqual(["1", "99999999", undefined].map(loginLimit), [1, 99_999_999, 5]);
    for (const none of ["", "0", "05", "5x", "x5", "100000000"]) {
      assert.throws(() => loginLimit(none), { name: "RangeError", message: /1 to 99999999/ });
    }
  });
});
