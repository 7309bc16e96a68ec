import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import type { MiddlewareFunction } from "../../src/pipeline/middleware.ts";
import { type TestClient, testClient } from "../../src/testing/test-client.ts";
import { newApp } from "../app/test-app.ts";

describe("readSocketSession", () => {
  const { app } = newApp({ TINA4_SESSION_BACKEND: "memory", TINA4_RATE_LIMIT: 0 });
  const names: unknown[] = [];
  let client: TestClient;

  before(async () => {
    const write: MiddlewareFunction = ({ session }, _response, next) => {
      session.set("name", "Eve");
      return next();
    };
    app.websocket("/read", (_socket, { session }) => void names.push(session.get("name", null))).noAuth();
    app.websocket("/write", () => undefined, { noAuth: true }).middleware(write);
    app.get("/set", ({ session }) => session.set("name", "Ada") ?? {});
    app.get("/name", ({ session }) => ({ name: session.get("name", null) }));
    client = await testClient(app);
  });
  after(() => client.close());
  beforeEach(() => client.cookies.clear());

  it("gives a page of this very site its session, and everybody else an empty one", async () => {
    await client.get("/set");
    for (const asker of [{}, { origin: null }]) assert.equal((await client.websocket("/read", asker)).status, 101);
    assert.deepEqual(names, ["Ada", null]);
  });

  it("lets nobody else write one, also not who has none yet", async () => {
    assert.equal((await client.websocket("/write", { origin: null })).status, 500);
    await client.get("/set");
    assert.equal((await client.websocket("/write", { origin: null })).status, 500);
    assert.deepEqual(await (await client.get("/name")).json(), { name: "Ada" });
    assert.equal((await client.websocket("/write")).status, 101);
    assert.deepEqual(await (await client.get("/name")).json(), { name: "Eve" });
  });
});
