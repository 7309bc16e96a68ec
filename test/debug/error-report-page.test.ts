import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { TemplateError } from "../../src/templates/template-error.ts";
import { TemplateSource } from "../../src/templates/template-source.ts";
import { type TestClient, testClient } from "../../src/testing/test-client.ts";
import { newApp } from "../app/test-app.ts";

const SCRIPT = "<script>alert(1)</script>";
const IN_SESSION = "4242-secret";
const JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3In0.c2lnbmF0dXJlc2lnbmF0dXJl";
const SECRETS = /hunter|abcdef|c2lnbmF0dXJl|4242-secret/;

const HOSTILE: Readonly<Record<string, () => unknown>> = {
  script: () => new Error(SCRIPT, { cause: new Error(SCRIPT) }),
  "name and code": () => Object.assign(new Error("x"), { name: SCRIPT, code: SCRIPT }),
  stack: () => Object.assign(new Error("x"), { stack: `Error: x\n    at ${SCRIPT} (/a/${SCRIPT}.ts:1:1)` }),
  text: () => SCRIPT,
  "own inspection": () => ({ [Symbol.for("nodejs.util.inspect.custom")]: () => SCRIPT }),
  "revoked proxy": () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  "hostile text": () => ({
    toString: () => {
      throw new Error(SCRIPT);
    },
  }),
  huge: () => new Error(`${SCRIPT}${"é".repeat(3_000_000)}`),
  circle: () => {
    const error = new Error("circle");
    error.cause = error;
    return error;
  },
  nothing: () => undefined,
};

describe("the error page", () => {
  let client: TestClient;
  const browse = (path: string, request: Parameters<TestClient["post"]>[1] = {}): Promise<Response> =>
    client.post(path, { ...request, headers: { Accept: "text/html", ...request.headers } });

  before(async () => {
    const { app } = newApp({ TINA4_DEBUG: true });
    app
      .post("/orders/{id:int}/{resetToken}", (request) => {
        request.session.set("cart", IN_SESSION);
        const password = "hunter1";
        throw new TypeError(`No order for ${String(password.length)}`, { cause: new Error("the reason") });
      })
      .noAuth();
    app
      .post("/body", (request) => {
        request.body = {
          get now(): string {
            throw new Error("the getter was run");
          },
        };
        throw new Error("odd");
      })
      .noAuth();
    app
      .post("/template", () => {
        throw new TemplateError("TEMPLATE_FAILED", "wrong", new TemplateSource("shop.twig", "<h1>\n{{ a }}"), 8);
      })
      .noAuth();
    for (const [name, thrown] of Object.entries(HOSTILE)) {
      app
        .post(`/hostile/${name.replaceAll(" ", "-")}`, () => {
          throw thrown();
        })
        .noAuth();
    }
    client = await testClient(app);
  });
  after(() => client.close());

  it("shows the error, its cause, its place in the source, and the route", async () => {
    const answer = await browse("/orders/7/x");
    const page = await answer.text();
    assert.equal(answer.status, 500);
    assert.match(page, /<h1>No order for 7<\/h1>/);
    assert.match(page, /<p class="kicker">TypeError<\/p>/);
    assert.match(page, /Caused by: Error<\/h3><pre class="plain"><code>the reason</);
    assert.match(page, /<mark aria-current="true"><span class="number">\d+<\/span> +throw new TypeError\(/);
    assert.match(page, /<li class="own">[^<]*<span class="soft">test\/debug\/error-report-page\.test\.ts:\d+:\d+</);
    assert.match(page, /<summary>\d+ calls of the framework/);
    assert.match(page, /<th scope="row">Route<\/th><td class="code">POST \/orders\/\{id:int\}\/\{resetToken\}</);
    assert.match(page, /<th scope="row">Declared<\/th><td class="code">test\/debug\/error-report-page\.test\.ts:\d+</);
    assert.ok(page.includes(`<td class="code">${answer.headers.get("X-Request-ID")}</td>`));
  });

  it("shows the request without its secrets", async () => {
    const page = await (
      await browse("/orders/7/abcdef?page=2&access_token=abcdef&code=abcdef&next=%2F%3Ftoken%3Dabcdef", {
        form: { note: `<b>${JWT}`, password: "hunter2", "card[cvv_pin]": "hunter3", formTokenX: "abcdef" },
        headers: {
          ...{ Authorization: "Basic aHVudGVyMjpodW50ZXIy", Cookie: "tina4_session=abcdef; a=hunter2" },
          ...{ "X-API-Key": "abcdef", "X-Auth": "abcdef", "X-Hub-Signature": "abcdef", "X-Note": `a ${JWT}` },
          Referer: "http://localhost/?code=abcdef",
        },
      })
    ).text();
    assert.doesNotMatch(page, SECRETS);
    for (const [name, value] of [
      ["id", "7"],
      ["resetToken", "[redacted]"],
      ["page", "2"],
      ["access_token", "[redacted]"],
      ["next", "[redacted]"],
      ["note", "&lt;b&gt;[redacted]"],
      ["password", "[redacted]"],
      ["authorization", "[redacted]"],
      ["cookie", "[redacted]"],
      ["x-api-key", "[redacted]"],
      ["x-auth", "[redacted]"],
      ["x-note", "a [redacted]"],
      ["referer", "http://localhost/?code=[redacted]"],
    ]) {
      assert.ok(page.includes(`<th scope="row">${name}</th><td class="code">${value}</td>`), `${name}\n${page}`);
    }
  });

  it("shows the lines of a template one by one, and the calls of the engine only to who asks", async () => {
    const page = await (await browse("/template")).text();
    assert.match(page, /<h2>Template <code>shop\.twig:2:4<\/code><\/h2>/);
    const lines = ['<span class="line">  1 | &lt;h1&gt;</span>', '<mark aria-current="true">&gt; 2 | {{ a }}</mark>'];
    assert.ok(page.includes([...lines, '<span class="line">    |    ^</span>'].join("")), page);
    assert.doesNotMatch(page, /<details open>/);
  });

  it("hides the secrets of the source it shows", async () => {
    assert.match(await (await browse("/orders/7/x")).text(), /const password = &quot;\[redacted\]&quot;;/);
  });

  it("runs no getter of what middleware made of the body", async () => {
    const page = await (await browse("/body")).text();
    assert.match(page, /<th scope="row">now<\/th><td class="code">\[getter\]</);
  });

  for (const name of Object.keys(HOSTILE)) {
    it(`is a page, bounded and without foreign markup, whatever was thrown: ${name}`, async () => {
      const answer = await browse(`/hostile/${name.replaceAll(" ", "-")}`);
      const page = await answer.text();
      assert.equal(answer.status, 500);
      assert.match(page, /^<!doctype html>[\s\S]*<\/html>\n$/);
      assert.doesNotMatch(page, /<script/);
      assert.ok(page.length < 100_000, String(page.length));
      const { debug } = (await (await client.post(`/hostile/${name.replaceAll(" ", "-")}`)).json()) as {
        debug: string[];
      };
      assert.ok(debug.join("\n").length < 100_000);
    });
  }
});
