import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type TestClient, testClient } from "tina4-ts/testing";

/** A database of the tests' own. Name another, such as one of PostgreSQL, and they run on that. */
const settings = {
  TINA4_DATABASE_URL: process.env.TINA4_TEST_DATABASE_URL ?? "sqlite::memory:",
  TINA4_SESSION_BACKEND: "memory",
  TINA4_LOG_LEVEL: "silent",
};

describe("the guestbook", () => {
  let client: TestClient;
  before(async () => {
    client = await testClient({ root: ".", settings }, { migrate: true });
  });
  after(() => client.close());

  async function sign(name: string, message: string): Promise<Response> {
    const { formTokens } = await client.page("/");
    return client.post("/entries", { form: { formToken: formTokens[0] ?? "", name, message } });
  }

  it("shows what a visitor has written, as text", async () => {
    const answer = await sign("Ada", "<b>Hello</b>");
    assert.deepEqual([answer.status, answer.headers.get("Location")], [303, "/"]);
    assert.match((await client.page("/")).text, /&lt;b&gt;Hello&lt;\/b&gt;/);
  });

  it("asks again for what is missing, and keeps what was typed", async () => {
    const answer = await sign("Grace", " ");
    assert.equal(answer.status, 400);
    assert.match(await answer.text(), /value="Grace"/);
  });

  it("takes nothing without the token of its form", async () => {
    assert.equal((await client.post("/entries", { form: { name: "Eve", message: "Hello" } })).status, 403);
  });

  it("lets administrators delete an entry, and nobody else", async () => {
    await sign("Eve", "Buy my things");
    const [newest] = (await (await client.get("/api/entries")).json()) as { id: string }[];
    const path = `/api/entries/${newest?.id}`;
    const { auth } = client.app;
    assert.equal((await client.delete(path)).status, 401);
    assert.equal((await client.delete(path, { token: auth.getToken({ sub: 2 }) })).status, 403);
    assert.equal((await client.delete(path, { token: auth.getToken({ sub: 1, role: "admin" }) })).status, 204);
    assert.doesNotMatch((await client.page("/")).text, /Buy my things/);
  });
});
