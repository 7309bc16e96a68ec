import assert from "node:assert/strict";
import { after, before, beforeEach, it } from "node:test";
import { HttpError } from "../../src/errors.ts";
import type { TestClient } from "../../src/testing/test-client.ts";
import { describeOverBothTransports } from "../app/both-transports.ts";
import { type LogMemory, newApp } from "../app/test-app.ts";
import { temporaryFolder } from "../files/temporary-folder.ts";

const HTML = "text/html; charset=utf-8";
const INTERNAL = '{"error":"Internal server error"}';

class Account {
  readonly name = "Alice";
}

describeOverBothTransports("response.render and .template", (open) => {
  const root = temporaryFolder({
    "src/templates/hello.twig": "<p>Hello, {{ name }}</p>",
    "src/templates/slow.twig": "<p>{{ later(name) }}</p>",
    "src/templates/refused.twig": "<p>{{ refuse() }}</p>",
    "src/templates/refused-later.twig": "<p>{{ refuseLater() }}</p>",
    "src/templates/broken.twig": "<p>\n  {{ name ",
    "src/templates/failing.twig": "<p>\n{{ fail() }}</p>",
  });
  let client: TestClient;
  let log: LogMemory;

  const data: Record<string, unknown> = {
    object: { name: "<Bob>" },
    row: Object.assign(Object.create(null), { name: "<Bob>" }),
    later: Promise.resolve({ name: "<Bob>" }),
  };
  const misfits: Record<string, [value: unknown, says: string]> = {
    text: ["Bob", "string"],
    number: [7, "number"],
    null: [null, "null"],
    array: [[1], "an object of type Array"],
    map: [new Map(), "an object of type Map"],
    account: [new Account(), "an object of type Account"],
    date: [new Date(0), "an object of type Date"],
  };

  before(async () => {
    const { app, log: memory } = newApp({}, { root });
    log = memory;
    app.templates.addFunction("later", async (name) => `late ${name}`);
    app.templates.addFunction("refuse", () => {
      throw new HttpError(402, "Pay first");
    });
    app.templates.addFunction("refuseLater", () => Promise.reject(new HttpError(402, "Pay first")));
    app.templates.addFunction("fail", () => {
      throw new Error("the database says secret things");
    });
    app.get("/hello", (_request, response) => response.render("hello.twig", { name: "<Alice>" }));
    app.get("/bare", (_request, response) => response.render("hello.twig"));
    app.get("/invalid", (_request, response) => response.render("hello.twig", { name: "x" }, 422));
    app.get("/kept", (_request, response) => response.status(202).header("X-Kept", "1").render("hello.twig", {}));
    app.get("/no-status", (_request, response) => response.render("hello.twig", {}, 99));
    for (const name of ["slow", "refused", "refused-later", "broken", "failing", "missing"]) {
      app.get(`/${name}`, (_request, response) => response.render(`${name}.twig`, { name: "<Alice>" }));
    }
    for (const [name, value] of Object.entries(data)) {
      app.get(`/page/${name}`, () => value as object).template("hello.twig");
    }
    for (const [name, [value]] of Object.entries(misfits)) {
      app.get(`/misfit/${name}`, () => value as object).template("hello.twig");
      app.get(`/render/${name}`, (_request, response) => response.render("hello.twig", value as object));
    }
    app.get("/slow-page", { template: "slow.twig" }, () => ({ name: "page" }));
    app.get("/answered", (_request, response) => response.redirect("/hello")).template("hello.twig");
    app.get("/produced", (_request, response) => void response.json({ a: 1 }) as never).template("hello.twig");
    app.get("/nothing", () => undefined as never).template("hello.twig");
    app
      .post("/posted", () => ({ name: "posted" }))
      .noAuth()
      .template("hello.twig");
    client = await open(app);
  });

  after(() => client.close());
  beforeEach(() => {
    log.lines.length = 0;
  });

  function loggedError(): { readonly code: string; readonly message: string } {
    const [entry] = log.entries;
    assert.ok(entry !== undefined);
    return entry.error as { code: string; message: string };
  }

  it("answer with an escaped page", async () => {
    const answer = await client.get("/hello");
    assert.deepEqual([answer.status, answer.headers.get("Content-Type")], [200, HTML]);
    assert.equal(await answer.text(), "<p>Hello, &lt;Alice&gt;</p>");
    assert.equal(answer.headers.get("Content-Length"), String("<p>Hello, &lt;Alice&gt;</p>".length));
    assert.equal(await (await client.get("/bare")).text(), "<p>Hello, </p>");
  });

  it("take a status, and keep one that was set before", async () => {
    assert.equal((await client.get("/invalid")).status, 422);
    const kept = await client.get("/kept");
    assert.deepEqual([kept.status, kept.headers.get("X-Kept")], [202, "1"]);
    assert.equal((await client.get("/no-status")).status, 500);
  });

  it("make a page of a plain object, now or later, under any method", async () => {
    for (const name of Object.keys(data)) {
      const answer = await client.get(`/page/${name}`);
      assert.deepEqual(
        [answer.headers.get("Content-Type"), await answer.text()],
        [HTML, "<p>Hello, &lt;Bob&gt;</p>"],
        name,
      );
    }
    assert.equal(await (await client.post("/posted")).text(), "<p>Hello, posted</p>");
  });

  it("tell HEAD the length of the page", async () => {
    const answer = await client.request("HEAD", "/page/object");
    assert.deepEqual([answer.status, await answer.text()], [200, ""]);
    assert.deepEqual([answer.headers.get("Content-Length"), answer.headers.get("Content-Type")], ["25", HTML]);
  });

  it("leave a response what it is", async () => {
    const redirect = await client.get("/answered");
    assert.deepEqual([redirect.status, redirect.headers.get("Location")], [302, "/hello"]);
    assert.equal(await (await client.get("/produced")).text(), '{"a":1}');
  });

  for (const [name, [, says]] of Object.entries(misfits)) {
    it(`refuse data that is no plain object, naming the route or the template: ${name}`, async () => {
      const answer = await client.get(`/misfit/${name}`);
      assert.deepEqual([answer.status, await answer.text()], [500, INTERNAL]);
      const { code, message } = loggedError();
      assert.equal(code, "HANDLER_NO_RESPONSE");
      assert.match(message, /^The handler of GET \/misfit\/\w+ \(.*response-render\.test\.ts:\d+\) returned /);
      assert.ok(message.includes(`returned ${says}. hello.twig needs a plain object`), message);
      log.lines.length = 0;
      assert.equal((await client.get(`/render/${name}`)).status, 500);
      const error = loggedError();
      assert.equal(error.code, "RESPONSE_INVALID");
      assert.ok(error.message.startsWith(`The data of "hello.twig" is a plain object, not ${says}.`), error.message);
    });
  }

  it("refuse a handler that returns nothing", async () => {
    assert.equal((await client.get("/nothing")).status, 500);
    assert.match(loggedError().message, /returned undefined/);
  });

  it("wait for functions that wait", async () => {
    assert.equal(await (await client.get("/slow")).text(), "<p>late &lt;Alice&gt;</p>");
    assert.equal(await (await client.get("/slow-page")).text(), "<p>late page</p>");
  });

  it("let a function end the request with an answer of its own", async () => {
    for (const path of ["/refused", "/refused-later"]) {
      const answer = await client.get(path);
      assert.deepEqual([answer.status, await answer.text()], [402, '{"error":"Pay first"}'], path);
    }
  });

  for (const [path, place] of [
    ["/broken", /^broken\.twig:2:\d+: /],
    ["/failing", /^failing\.twig:2:\d+: /],
    ["/missing", /missing\.twig/],
  ] as const) {
    it(`tell the log where a template fails, and the client nothing: ${path}`, async () => {
      for (const headers of [{}, { Accept: "text/html" }, { Accept: "application/problem+json" }]) {
        log.lines.length = 0;
        const answer = await client.get(path, { headers });
        assert.equal(answer.status, 500);
        assert.doesNotMatch(await answer.text(), /twig|secret|templates|\.ts|TEMPLATE/);
        assert.equal(log.entries.length, 1);
        assert.match(loggedError().message, place);
        assert.doesNotMatch(log.lines[0]?.trimEnd() ?? "", /[\n\r]/);
      }
    });
  }

  it("show the lines around the place in the log, escaped", async () => {
    await client.get("/failing");
    const { message } = loggedError();
    assert.ok(
      message.split("\n").some((line) => /^> *2 \| \{\{ fail\(\) \}\}<\/p>$/.test(line)),
      message,
    );
  });
});
