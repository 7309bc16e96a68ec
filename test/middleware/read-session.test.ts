import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { TestClient } from "../../src/testing/test-client.ts";
import { describeOverBothTransports } from "../app/both-transports.ts";
import { newApp } from "../app/test-app.ts";

describeOverBothTransports("readSession", (open) => {
  let client: TestClient;

  before(async () => {
    const { app } = newApp({ TINA4_SESSION_BACKEND: "memory" });
    app.get("/set", (request) => {
      request.session.set("name", "Ada");
      return {};
    });
    app.get("/name", (request) => ({ name: request.session.get("name", null), wasRead: request.visit !== undefined }));
    app.get("/untouched", (request) => ({ wasRead: request.visit !== undefined }));
    app.get("/unread", (request) => {
      request.visit = undefined; // as where a request is turned away before its session is read
      return request.formToken();
    });
    app
      .post("/hook", (request) => ({ name: request.session.get("name", null) }))
      .noAuth()
      .crossSite();
    app
      .post("/hook/write", (request) => request.session.set("name", "Eve") ?? {})
      .noAuth()
      .crossSite();
    client = await open(app);
  });
  after(() => client.close());

  const json = async (answer: Promise<Response>): Promise<unknown> => (await answer).json();

  it("reads nothing without the session's cookie", async () => {
    assert.deepEqual(await json(client.get("/untouched")), { wasRead: false });
    client.cookies.set("theme", "dark");
    assert.deepEqual(await json(client.get("/untouched")), { wasRead: false });
  });

  it("gives a later request what an earlier one has set", async () => {
    await client.get("/set");
    assert.deepEqual(await json(client.get("/name")), { name: "Ada", wasRead: true });
  });

  it("shows a route that is open to other sites an empty session, which it cannot write", async () => {
    assert.deepEqual(await json(client.post("/hook")), { name: null });
    assert.equal((await client.post("/hook/write")).status, 500);
    assert.deepEqual(await json(client.get("/name")), { name: "Ada", wasRead: true });
  });

  it("lets nobody write a session there who comes without one either", async () => {
    const answer = await client.app.dispatch({ method: "POST", path: "/hook/write", headers: { Host: "localhost" } });
    assert.deepEqual([answer.status, answer.headers.getSetCookie()], [500, []]);
  });

  it("leaves the cookie of a session alone that it never came to read", async () => {
    assert.deepEqual((await client.get("/unread")).headers.getSetCookie(), []);
    assert.deepEqual(await json(client.get("/name")), { name: "Ada", wasRead: true });
  });
});
