import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { SettingOverrides } from "../../src/config/load-settings.ts";
import { type TestClient, testClient } from "../../src/testing/test-client.ts";
import { newApp } from "../app/test-app.ts";

const OWN_PAGE = { "Sec-Fetch-Site": "same-origin" };

describe("checkFormToken and giveBackFormTokens", () => {
  async function open(test: TestContext, settings: SettingOverrides = {}): Promise<TestClient> {
    const { app } = newApp({ TINA4_SESSION_BACKEND: "memory", ...settings });
    app.get("/page", (request) => request.formToken());
    app.post("/login", (request) => app.auth.login(request, { sub: 1 }).then(() => ({}))).noAuth();
    app.post("/write", () => ({})).noAuth();
    app
      .post("/contact", ({ body }, response) => (body.name === "" ? response.error("Name?", 422) : { thanks: true }))
      .noAuth()
      .csrf();
    const client = await testClient(app);
    test.after(() => client.close());
    return client;
  }

  const formToken = async (client: TestClient): Promise<string> => (await client.get("/page")).text();
  const contact = (client: TestClient, form: Record<string, string>): Promise<Response> =>
    client.post("/contact", { headers: OWN_PAGE, form });

  it("let a token do its work once, and send the next one along", async (test) => {
    const client = await open(test);
    const token = await formToken(client);
    const first = await contact(client, { formToken: token });
    const next = first.headers.get("X-Form-Token") ?? "";
    assert.deepEqual([first.status, (await contact(client, { formToken: token })).status], [200, 403]);
    assert.equal((await contact(client, { formToken: next })).status, 200);
  });

  it("give a token back where its work has failed, and send no other", async (test) => {
    const client = await open(test);
    const token = await formToken(client);
    const failed = await contact(client, { formToken: token, name: "" });
    assert.deepEqual([failed.status, failed.headers.get("X-Form-Token")], [422, null]);
    assert.equal((await contact(client, { formToken: token, name: "Ada" })).status, 200);
  });

  it("let a token be used again where TINA4_CSRF_SINGLE_USE is off, and a forged one never", async (test) => {
    const client = await open(test, { TINA4_CSRF_SINGLE_USE: false });
    const token = await formToken(client);
    const statuses = [];
    for (const sent of [token, token, `${token}A`]) statuses.push((await contact(client, { formToken: sent })).status);
    assert.deepEqual(statuses, [200, 200, 403]);
  });

  it("ask for none where TINA4_CSRF is off, and look at none", async (test) => {
    const client = await open(test, { TINA4_CSRF: false });
    assert.deepEqual(
      [(await contact(client, {})).status, (await contact(client, { formToken: "forged" })).status],
      [200, 200],
    );
  });

  it("ask a program without a token for one only where it writes with a session that is logged in", async (test) => {
    const client = await open(test);
    await client.get("/page");
    assert.equal((await client.post("/write")).status, 200);
    await client.post("/login", { headers: OWN_PAGE });
    const seen = [];
    for (const headers of [OWN_PAGE, {}]) seen.push((await client.post("/write", { headers })).status);
    assert.deepEqual(seen, [200, 403]);
    const headers = { "X-Form-Token": await formToken(client) };
    assert.equal((await client.post("/write", { headers })).status, 200);
  });
});
