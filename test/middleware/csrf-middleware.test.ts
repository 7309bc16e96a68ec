import assert from "node:assert/strict";
import { after, before, describe, it, type TestContext } from "node:test";
import type { SettingOverrides } from "../../src/config/load-settings.ts";
import { FORM_TOKEN_IN_QUERY_WARNING } from "../../src/csrf/presented-form-tokens.ts";
import { type TestClient, testClient } from "../../src/testing/test-client.ts";
import { describeOverBothTransports } from "../app/both-transports.ts";
import { type LogMemory, newApp } from "../app/test-app.ts";

const OWN_PAGE = { "Sec-Fetch-Site": "same-origin" };
const INVALID = '{"error":"Invalid form token. Please refresh and try again."}';

describeOverBothTransports("checkFormToken", (open) => {
  let client: TestClient;

  before(async () => {
    const { app } = newApp({ TINA4_SESSION_BACKEND: "memory" });
    app.get("/page", (request) => request.formToken());
    app.post("/public", () => ({})).noAuth();
    app
      .post("/contact", { middleware: "CsrfMiddleware" }, () => ({}))
      .noAuth()
      .csrf();
    app.post("/write", () => ({}));
    client = await open(app);
  });
  after(() => client.close());

  const formToken = async (): Promise<string> => (await client.get("/page")).text();

  it("asks for a token where the route does, and only there", async () => {
    assert.equal((await client.post("/public", { headers: OWN_PAGE })).status, 200);
    const answer = await client.post("/contact", { headers: OWN_PAGE });
    assert.deepEqual([answer.status, await answer.text()], [403, INVALID]);
  });

  it("takes it from the field, from its older name and from the header", async () => {
    for (const name of ["formToken", "_token"]) {
      const form = { [name]: await formToken() };
      assert.equal((await client.post("/contact", { headers: OWN_PAGE, form })).status, 200);
    }
    const headers = { ...OWN_PAGE, "X-Form-Token": await formToken() };
    assert.equal((await client.post("/contact", { headers })).status, 200);
  });

  it("looks at none beside a Bearer token, but for the one in a query", async () => {
    const token = client.app.auth.getToken({ sub: 1 });
    assert.equal((await client.post("/write", { token, form: { formToken: "x" } })).status, 200);
    assert.equal((await client.post("/write?formToken=x", { token })).status, 403);
  });
});

/** A client of an application with a route for each rule about form tokens, and the log. */
async function openSite(
  test: TestContext,
  settings: SettingOverrides = {},
): Promise<{ client: TestClient; log: LogMemory; formToken: () => Promise<string> }> {
  const { app, log } = newApp({ TINA4_SESSION_BACKEND: "memory", ...settings });
  app.get("/page", (request) => request.formToken());
  app
    .post("/contact", (_request, response) => response.status(200).json({}))
    .noAuth()
    .csrf();
  app
    .post("/taken", (_request, response) => response.error("Taken", 400))
    .noAuth()
    .csrf();
  app.post("/public", () => ({})).noAuth();
  app
    .post("/hook", () => ({}))
    .noAuth()
    .crossSite();
  app
    .post("/login", async (request) => {
      await app.auth.login(request, { sub: 42 });
      return {};
    })
    .noAuth();
  const client = await testClient(app);
  test.after(() => client.close());
  return { client, log, formToken: async () => (await client.get("/page")).text() };
}

const withToken = (formToken: string) => ({ headers: OWN_PAGE, form: { formToken } });

describe("what checkFormToken asks for", () => {
  it("is a token where the route demands one, also beside a Bearer token", async (test) => {
    const { client, formToken } = await openSite(test);
    const token = client.app.auth.getToken({ sub: 1 });
    assert.equal((await client.post("/contact", { token })).status, 403);
    assert.equal((await client.post("/contact", { token, form: { formToken: await formToken() } })).status, 200);
  });

  it("is nothing of a route that is open to other sites, whatever they call a token", async (test) => {
    const { client } = await openSite(test);
    assert.equal((await client.post("/hook", withToken("nonsense"))).status, 200);
  });

  it("is a token of whoever has a known session, no browser headers, and none with them", async (test) => {
    const { client, formToken } = await openSite(test);
    await formToken();
    assert.equal((await client.post("/public")).status, 200, "a session of nobody");
    await client.post("/login", { headers: OWN_PAGE });
    assert.equal((await client.post("/public", { headers: OWN_PAGE })).status, 200);
    assert.equal((await client.post("/public")).status, 403);
    const headers = { "X-Form-Token": await formToken() };
    assert.equal((await client.post("/public", { headers })).status, 200);
    client.cookies.clear();
    assert.equal((await client.post("/public")).status, 200);
  });

  it("is nothing where TINA4_CSRF is off, and nobody is warned then", async (test) => {
    const { client, log } = await openSite(test, { TINA4_CSRF: false });
    assert.equal((await client.post("/contact", { headers: OWN_PAGE })).status, 200);
    assert.equal((await client.post("/contact?formToken=x", withToken("nonsense"))).status, 200);
    assert.equal((await client.get("/page?formToken=x")).status, 200);
    assert.deepEqual(
      log.entries.filter(({ level }) => level === "warn"),
      [],
    );
  });
});

describe("a form token in a query", () => {
  it("is warned of, with the request and without the token, and turns away no more than a write that might need one", async (test) => {
    const { client, log } = await openSite(test);
    for (const [method, path, status] of [
      ["GET", "/page", 200],
      ["POST", "/hook", 200],
      ["POST", "/public", 403],
    ] as const) {
      log.lines.length = 0;
      const answer = await client.request(method, `${path}?a=1&formToken=secret`, { headers: OWN_PAGE });
      assert.equal(answer.status, status, path);
      const warning = log.entries.find(({ level }) => level === "warn");
      assert.deepEqual(
        [warning?.message, warning?.path, warning?.id],
        [FORM_TOKEN_IN_QUERY_WARNING, path, answer.headers.get("X-Request-ID")],
      );
      assert.doesNotMatch(log.lines.join(), /secret/);
    }
  });

  it("is none where the path only looks like one, or where there is no query", async (test) => {
    const { client, log } = await openSite(test);
    for (const path of ["/page", "/page?", "/page?a=formToken"]) assert.equal((await client.get(path)).status, 200);
    assert.deepEqual(
      log.entries.filter(({ level }) => level === "warn"),
      [],
    );
  });
});

describe("a form token that was good", () => {
  it("is spent, and the answer brings the next one", async (test) => {
    const { client, formToken } = await openSite(test);
    const first = withToken(await formToken());
    const answer = await client.post("/contact", first);
    assert.equal(answer.status, 200);
    assert.equal((await client.post("/contact", first)).status, 403);
    const next = answer.headers.get("X-Form-Token") ?? "";
    assert.equal((await client.post("/contact", withToken(next))).status, 200);
  });

  it("is given back by an error, from 400 on, and that answer brings no other", async (test) => {
    const { client, formToken } = await openSite(test);
    const form = withToken(await formToken());
    const answer = await client.post("/taken", form);
    assert.deepEqual([answer.status, answer.headers.get("X-Form-Token")], [400, null]);
    assert.equal((await client.post("/contact", form)).status, 200);
  });

  it("stays good where TINA4_CSRF_SINGLE_USE is off, as no forged one is, and no answer brings another", async (test) => {
    const { client, formToken } = await openSite(test, { TINA4_CSRF_SINGLE_USE: false });
    const token = await formToken();
    for (const time of ["first", "second"]) {
      const answer = await client.post("/contact", withToken(token));
      assert.deepEqual([answer.status, answer.headers.get("X-Form-Token")], [200, null], time);
    }
    assert.equal((await client.post("/contact", withToken(`${token}A`))).status, 403);
  });
});
