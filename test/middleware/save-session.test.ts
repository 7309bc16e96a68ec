import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { TestClient } from "../../src/testing/test-client.ts";
import { describeOverBothTransports } from "../app/both-transports.ts";
import { newApp } from "../app/test-app.ts";

describeOverBothTransports("saveSession", (open) => {
  let client: TestClient;

  before(async () => {
    const { app } = newApp({ TINA4_SESSION_BACKEND: "memory", TINA4_SESSION_NAME: "sid" });
    app.get("/set", (request) => {
      request.session.set("count", Number(request.session.get("count", 0)) + 1);
      return { count: request.session.get("count") };
    });
    app.get("/saved", async (request) => {
      request.session.set("saved", true);
      await request.session.save();
      return {};
    });
    app.get("/read", (request) => request.session.all());
    app.get("/end", (request) => request.session.destroy() ?? {});
    app.get("/page", (request, response) => response.header("Cache-Control", "public").text(request.formToken()));
    app.get("/login", async (request) => {
      await app.auth.login(request, { sub: 1 });
      return {};
    });
    app.get("/hello", ({ user }, response) => response.header("Vary", "Accept").json({ sub: user?.sub ?? null }));
    app.get("/kept", ({ user }, response) =>
      response.header("Cache-Control", "max-age=5").json({ isKnown: user !== null }),
    );
    app.get("/same-for-all", () => ({}));
    client = await open(app);
  });
  after(() => client.close());

  it("sends the cookie once, and what sets it is kept by nobody", async () => {
    const first = await client.get("/set");
    assert.match(first.headers.getSetCookie().join(), /^sid=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    assert.equal(first.headers.get("Cache-Control"), "no-store");
    const second = await client.get("/set");
    assert.deepEqual([second.headers.getSetCookie(), await second.json()], [[], { count: 2 }]);
  });

  it("has nothing left to save where the handler did", async () => {
    await client.get("/saved");
    assert.deepEqual(await (await client.get("/read")).json(), { count: 2, saved: true });
  });

  it("lets nobody keep a page with a form token", async () => {
    const { status, headers } = await client.get("/page");
    assert.deepEqual([status, headers.get("Cache-Control")], [200, "no-store"]);
  });

  const toldCaches = async (path: string): Promise<(string | null)[]> => {
    const { headers } = await client.get(path);
    return [headers.get("Vary"), headers.get("Cache-Control")];
  };

  it("tells caches where an answer may differ from visitor to visitor", async () => {
    assert.deepEqual(await toldCaches("/read"), ["Cookie", null]);
    assert.deepEqual(await toldCaches("/hello"), ["Cookie, Accept", null]);
    assert.deepEqual(await toldCaches("/same-for-all"), [null, null]);
  });

  it("lets nobody keep what was made for a known user, unless the program says otherwise", async () => {
    await client.get("/login");
    for (const path of ["/read", "/hello"]) assert.equal((await toldCaches(path))[1], "private, no-store", path);
    assert.deepEqual(await toldCaches("/kept"), ["Cookie", "max-age=5"]);
    assert.deepEqual(await toldCaches("/same-for-all"), [null, null]);
  });

  it("deletes the cookie of a session that has ended", async () => {
    await client.get("/end");
    assert.equal(client.cookies.get("sid"), undefined);
    assert.deepEqual(await (await client.get("/read")).json(), {});
  });

  it("tells caches nothing about a request without a cookie", async () => {
    assert.deepEqual(await toldCaches("/hello"), ["Accept", null]);
  });
});

it("saveSession sends the cookie of HTTPS where a request came over it, and the plain one elsewhere", async () => {
  const { app } = newApp({ TINA4_SESSION_BACKEND: "memory", TINA4_TRUSTED_PROXIES: "10.0.0.2" });
  app.get("/set", ({ session }) => session.set("name", "Ada") ?? {});
  const cookieOver = async (protocol: string): Promise<string> => {
    const headers = { Host: "localhost", "X-Forwarded-Proto": protocol };
    const answer = await app.dispatch({ path: "/set", headers, remoteAddress: "10.0.0.2" });
    return answer.headers
      .getSetCookie()
      .join()
      .replace(/=[\w-]{43};/, "=…;");
  };
  assert.equal(await cookieOver("https"), "__Host-tina4_session=…; Path=/; HttpOnly; Secure; SameSite=Lax");
  assert.equal(await cookieOver("http"), "tina4_session=…; Path=/; HttpOnly; SameSite=Lax");
  await app.close();
});
