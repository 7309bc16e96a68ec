import assert from "node:assert/strict";
import { after, before, beforeEach, it } from "node:test";
import { HttpError } from "../../src/errors.ts";
import type { Response } from "../../src/http/response.ts";
import type { TestClient } from "../../src/testing/test-client.ts";
import { describeOverBothTransports } from "./both-transports.ts";
import { type LogMemory, newApp } from "./test-app.ts";

const INTERNAL = '{"error":"Internal server error"}';
const BROWSER = { Accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" };

/** What handlers and middleware have thrown at frameworks. */
const THROWN: Readonly<Record<string, unknown>> = {
  error: new Error("SELECT secret FROM /etc/passwd", { cause: new Error("the reason") }),
  null: null,
  undefined: undefined,
  text: "a secret text",
  object: { status: 404, message: "not ours" },
  symbol: Symbol("secret"),
};

describeOverBothTransports("ErrorResponder", (open) => {
  let client: TestClient;
  let log: LogMemory;

  before(async () => {
    const { app, log: memory } = newApp();
    log = memory;
    for (const [name, thrown] of Object.entries(THROWN)) {
      app.get(`/throw/${name}`, () => {
        throw thrown;
      });
      app.get(`/reject/${name}`, () => Promise.reject(thrown));
      app
        .get(`/middleware/${name}`, () => ({}))
        .middleware(() => {
          throw thrown;
        });
    }
    const teapot = (): HttpError =>
      new HttpError(418, "No <coffee>", {
        code: "TEAPOT",
        cause: new Error("short and stout"),
        headers: { "Retry-After": "60", "Cache-Control": "max-age=5" },
        details: { spout: true },
      });
    app.get("/teapot", () => {
      throw teapot();
    });
    app
      .get("/teapot/middleware", () => ({}))
      .middleware(async () => {
        throw teapot();
      });
    app.get("/busy", () => {
      throw new HttpError(503, "Come back later", { cause: new Error("the pool is empty") });
    });
    app.get("/split", () => {
      throw new HttpError(400, "Bad", { headers: { "X-A": "b\r\nSet-Cookie: a=b" } });
    });
    app.get("/frame", () => {
      throw new HttpError(400, "Bad", { headers: { "Content-Length": "3" } });
    });
    app.get("/circle", () => {
      const details: Record<string, unknown> = {};
      details.self = details;
      throw new HttpError(400, "Bad", { details });
    });
    app.get("/half", (_request, response) => {
      produce(response);
      throw new Error("after all");
    });
    app.get("/open", () => ({ open: true }));
    client = await open(app);
  });

  after(() => client.close());
  beforeEach(() => {
    log.lines.length = 0;
  });

  function produce(response: Response): void {
    response.header("X-Half", "done").header("X-Frame-Options", "DENY").removeHeader("X-Content-Type-Options");
    response.cookie("user", "alice").html("<p>Half a page", 201);
  }

  for (const way of ["throw", "reject", "middleware"]) {
    for (const name of Object.keys(THROWN)) {
      it(`answers 500 once and logs once: ${way} ${name}`, async () => {
        const answer = await client.get(`/${way}/${name}?token=hidden`);
        assert.deepEqual([answer.status, await answer.text()], [500, INTERNAL]);
        const [entry, ...more] = log.entries;
        assert.deepEqual(more, []);
        assert.ok(entry);
        const { level, status, code, method, target, message } = entry;
        assert.deepEqual(
          { level, status, code, method, target, message },
          {
            level: "error",
            status: 500,
            code: "INTERNAL",
            method: "GET",
            target: `/${way}/${name}?token=[redacted]`,
            message: "request failed",
          },
        );
      });
    }
  }

  it("logs an error with its cause", async () => {
    await client.get("/throw/error");
    const { error } = log.entries[0] as unknown as { error: { message: string; cause: { message: string } } };
    assert.deepEqual([error.message, error.cause.message], ["SELECT secret FROM /etc/passwd", "the reason"]);
  });

  for (const path of ["/teapot", "/teapot/middleware"]) {
    it(`keeps status, message, details and headers of an HttpError: ${path}`, async () => {
      const answer = await client.get(path);
      assert.deepEqual([answer.status, await answer.text()], [418, '{"error":"No <coffee>","spout":true}']);
      assert.equal(answer.headers.get("Retry-After"), "60");
      assert.equal(answer.headers.get("Cache-Control"), "max-age=5");
      const entries = log.entries as unknown as { level: string; message: string; code: string; cause: Error }[];
      assert.deepEqual(
        entries.map(({ level, message, code, cause }) => [level, message, code, cause.message]),
        [["info", "refused", "TEAPOT", "short and stout"]],
      );
    });
  }

  it("logs an HttpError over 499 as a warning, with its cause", async () => {
    assert.equal((await client.get("/busy")).status, 503);
    const entries = log.entries as unknown as { level: string; cause: Error }[];
    assert.deepEqual(
      entries.map(({ level, cause }) => [level, cause.message]),
      [["warn", "the pool is empty"]],
    );
  });

  it("gives a browser a page, in which text stays text", async () => {
    const answer = await client.get("/teapot", { headers: BROWSER });
    const page = await answer.text();
    assert.equal(answer.status, 418);
    assert.equal(answer.headers.get("Content-Type"), "text/html; charset=utf-8");
    assert.match(page, /<h1>418 I&#39;m a Teapot<\/h1>\n<p>No &lt;coffee&gt;<\/p>/);
    assert.ok(page.includes(`Request ${answer.headers.get("X-Request-ID")}`), page);
    assert.doesNotMatch(page, /style|script|spout|stout/);
  });

  it("gives problem details to a client that asks for them", async () => {
    const answer = await client.get("/teapot", { headers: { Accept: "application/problem+json" } });
    assert.equal(answer.headers.get("Content-Type"), "application/problem+json");
    assert.deepEqual(await answer.json(), {
      type: "about:blank",
      title: "I'm a Teapot",
      status: 418,
      detail: "No <coffee>",
      code: "TEAPOT",
      spout: true,
    });
  });

  it("never echoes the path of a page that does not exist", async () => {
    for (const headers of [BROWSER, {}]) {
      const answer = await client.get("/<script>alert(1)</script>", { headers });
      assert.equal(answer.status, 404);
      assert.doesNotMatch(await answer.text(), /alert/);
    }
  });

  it("sends no body to HEAD, and the length that GET would have", async () => {
    const answer = await client.request("HEAD", "/missing");
    assert.deepEqual([answer.status, await answer.text()], [404, ""]);
    assert.equal(answer.headers.get("Content-Length"), String('{"error":"Not found"}'.length));
  });

  it("lets no cache keep an error", async () => {
    assert.equal((await client.get("/missing")).headers.get("Cache-Control"), "no-store");
  });

  it("drops what a failed handler had set, and keeps every protection", async () => {
    const answer = await client.get("/half");
    assert.deepEqual([answer.status, await answer.text()], [500, INTERNAL]);
    assert.equal(answer.headers.get("X-Half"), null);
    assert.deepEqual(answer.headers.getSetCookie(), []);
    assert.equal(answer.headers.get("X-Frame-Options"), "SAMEORIGIN");
    assert.equal(answer.headers.get("X-Content-Type-Options"), "nosniff");
  });

  for (const path of ["/split", "/frame", "/circle"]) {
    it(`answers 500 for an HttpError that cannot be sent: ${path}`, async () => {
      const answer = await client.get(path);
      assert.deepEqual([answer.status, await answer.text()], [500, INTERNAL]);
      assert.deepEqual(answer.headers.getSetCookie(), []);
      assert.equal(log.entries.filter(({ level }) => level === "error").length, 1);
      assert.equal(await (await client.get("/open")).text(), '{"open":true}');
    });
  }
});

describeOverBothTransports("ErrorResponder in debug", (open) => {
  let client: TestClient;

  before(async () => {
    const { app } = newApp({ TINA4_DEBUG: true, TINA4_ALLOWED_HOSTS: "localhost,127.0.0.1,shop.example" });
    app.get("/boom", () => {
      throw new Error("<b>look here</b>", { cause: new Error("the reason") });
    });
    app.get("/down", () => {
      throw new HttpError(503, "Down for now", { cause: new Error("look here", { cause: new Error("the reason") }) });
    });
    app.get("/down/silent", () => {
      throw new HttpError(503, "Down for now");
    });
    app.get("/teapot", () => {
      throw new HttpError(418, "No coffee", { cause: new Error("look here") });
    });
    client = await open(app);
  });

  after(() => client.close());

  it("shows the developer on this machine the error", async () => {
    const { error, debug } = (await (await client.get("/boom")).json()) as { error: string; debug: string[] };
    assert.equal(error, "Internal server error");
    assert.equal(debug[0], "Error: <b>look here</b>");
    assert.ok(debug.some((line) => line.includes("the reason")));
    const page = await (await client.get("/boom", { headers: BROWSER })).text();
    assert.match(page, /<h1>&lt;b&gt;look here&lt;\/b&gt;<\/h1>/);
  });

  it("shows the developer what caused an HttpError over 499, which stays the answer it is", async () => {
    const answer = await client.get("/down");
    const { error, debug } = (await answer.json()) as { error: string; debug: string[] };
    assert.deepEqual([answer.status, error], [503, "Down for now"]);
    assert.match(debug[0] ?? "", /^HttpError: Down for now/);
    const page = await client.get("/down", { headers: BROWSER });
    assert.equal(page.status, 503);
    assert.match(await page.text(), /<title>503 .*<h1>Down for now<\/h1>.*look here.*the reason/s);
  });

  it("shows the plain answer where an HttpError has no cause, or blames the client", async () => {
    for (const [path, status] of [
      ["/down/silent", 503],
      ["/teapot", 418],
    ] as const) {
      const answer = await client.get(path, { headers: BROWSER });
      assert.equal(answer.status, status);
      assert.doesNotMatch(await answer.text(), /look here|\.ts/);
    }
  });

  for (const headers of [
    { Host: "shop.example" },
    { "X-Forwarded-For": "203.0.113.7" },
    { "X-Forwarded-Proto": "https" },
    { Forwarded: "for=203.0.113.7" },
    { Via: "1.1 proxy" },
    { "X-Real-IP": "203.0.113.7" },
  ] as const) {
    it(`shows nothing to anybody else: ${JSON.stringify(headers)}`, async () => {
      for (const accept of ["*/*", BROWSER.Accept, "application/problem+json"]) {
        for (const [path, status] of [
          ["/boom", 500],
          ["/down", 503],
        ] as const) {
          const answer = await client.get(path, { headers: { ...headers, Accept: accept } });
          assert.equal(answer.status, status);
          assert.doesNotMatch(await answer.text(), /look here|debug|reason|\.ts/);
        }
      }
    });
  }
});
