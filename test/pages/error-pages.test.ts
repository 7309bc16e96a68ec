import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it, mock } from "node:test";
import { HttpError } from "../../src/errors.ts";
import { type TestClient, testClient } from "../../src/testing/test-client.ts";
import { readPage, type TestPage } from "../../src/testing/test-page.ts";
import { describeOverBothTransports } from "../app/both-transports.ts";
import { type LogMemory, newApp } from "../app/test-app.ts";
import { temporaryFolder } from "../files/temporary-folder.ts";

const BROWSER = { headers: { Accept: "text/html,application/xhtml+xml,*/*;q=0.8" } };
const SETTINGS = { TINA4_SESSION_BACKEND: "memory", TINA4_RATE_LIMIT: 0 } as const;
const FAILED = "an error page failed: the built-in one was sent";
const BUILT_IN = /^<!doctype html>\n<html lang="en">/;

describeOverBothTransports("error pages", (open) => {
  const root = temporaryFolder({
    "src/templates/errors/404.twig": "<h1>{{ status }} Lost</h1><p>{{ message }}</p><i>{{ request_id }}</i>",
    "src/templates/errors/4xx.twig": "<h1>Refused: {{ status }}</h1><p>{{ message }}</p>",
    "src/templates/errors/410.twig": "<h1>{{ fail() }}</h1>",
    "src/templates/errors/411.twig": "<h1>{{ later() }}</h1>",
    "src/templates/errors/412.twig": "<h1>{{ ",
    "src/templates/errors/413.twig": "<h1>{{ notFound() }}</h1>",
    "src/templates/errors/5xx.twig": `<h1>Sorry</h1><script nonce="{{ csp_nonce() }}"></script>{{ stack }}{{ error }}{{ code }}`,
  });
  let client: TestClient;
  let log: LogMemory;

  before(async () => {
    const { app, log: memory } = newApp(SETTINGS, { root });
    log = memory;
    app.templates.addFunction("fail", () => {
      throw new Error("secret reason");
    });
    app.templates.addFunction("later", async () => "late");
    app.templates.addFunction("notFound", () => {
      throw new HttpError(404, "again");
    });
    app.get("/status/{code:int}", ({ params }) => {
      throw new HttpError(params.code, "Not <here>");
    });
    app.get("/boom", (_request, response) => {
      response.header("X-Half", "1").cookie("half", "1");
      throw new Error("secret reason");
    });
    app.get("/split", () => {
      throw new HttpError(404, "Bad", { headers: { "X-A": "b\r\nc" } });
    });
    client = await open(app);
  });

  after(() => client.close());
  beforeEach(() => {
    log.lines.length = 0;
  });

  it("are the one of the status, else the one of its hundred", async () => {
    const missing = await client.get("/nowhere", BROWSER);
    const id = missing.headers.get("X-Request-ID");
    assert.deepEqual([missing.status, await missing.text()], [404, `<h1>404 Lost</h1><p>Not found</p><i>${id}</i>`]);
    assert.equal(missing.headers.get("Content-Type"), "text/html; charset=utf-8");
    assert.equal(missing.headers.get("Cache-Control"), "no-store");
    const refused = await client.get("/status/418", BROWSER);
    assert.deepEqual([refused.status, await refused.text()], [418, "<h1>Refused: 418</h1><p>Not &lt;here&gt;</p>"]);
    assert.match(await (await client.post("/nowhere", BROWSER)).text(), /404 Lost/);
    assert.match(await (await client.post("/boom", BROWSER)).text(), /Refused: 405/);
  });

  it("show nothing internal, and carry the headers of every answer", async () => {
    const answer = await client.get("/boom", BROWSER);
    const nonce = /nonce="([\w-]{22})"/.exec(await answer.clone().text())?.[1];
    assert.deepEqual([answer.status, await answer.text()], [500, `<h1>Sorry</h1><script nonce="${nonce}"></script>`]);
    assert.match(answer.headers.get("Content-Security-Policy") ?? "", new RegExp(`'nonce-${nonce}'`));
    assert.deepEqual([answer.headers.get("X-Half"), answer.headers.getSetCookie()], [null, []]);
    assert.equal(answer.headers.get("X-Frame-Options"), "SAMEORIGIN");
  });

  it("are for browsers", async () => {
    assert.equal(await (await client.get("/nowhere")).text(), '{"error":"Not found"}');
    const problem = await client.get("/nowhere", { headers: { Accept: "application/problem+json" } });
    assert.equal(problem.headers.get("Content-Type"), "application/problem+json");
  });

  it("have a length for HEAD and no body", async () => {
    const answer = await client.request("HEAD", "/status/418", BROWSER);
    assert.deepEqual([answer.status, await answer.text()], [418, ""]);
    assert.equal(answer.headers.get("Content-Length"), String("<h1>Refused: 418</h1><p>Not &lt;here&gt;</p>".length));
  });

  for (const [status, why] of [
    [410, "fails"],
    [411, "waits for something"],
    [412, "cannot be compiled"],
    [413, "throws an answer of its own"],
  ] as const) {
    it(`give way to the built-in page of the same status when theirs ${why}`, async () => {
      for (let time = 0; time < 2; time += 1) {
        log.lines.length = 0;
        const answer = await client.get(`/status/${status}`, BROWSER);
        const text = await answer.text();
        assert.equal(answer.status, status);
        assert.match(text, BUILT_IN);
        assert.doesNotMatch(text, /secret|twig|late/);
        const failures = log.entries.filter(({ message }) => message === FAILED);
        assert.deepEqual(
          failures.map((failure) => [failure.level, failure.status]),
          [["error", status]],
        );
      }
    });
  }

  it("end an HttpError that cannot be sent as well, once", async () => {
    const answer = await client.get("/split", BROWSER);
    assert.equal(answer.status, 500);
    assert.match(await answer.text(), /Sorry/);
  });
});

describe("error pages in debug", () => {
  it("leave an error of the program to the page that shows it to the developer", async () => {
    const root = temporaryFolder({ "src/templates/errors/5xx.twig": "Sorry", "src/templates/errors/404.twig": "Lost" });
    const { app } = newApp({ ...SETTINGS, TINA4_DEBUG: true }, { root });
    app.get("/boom", () => {
      throw new Error("look here");
    });
    app.get("/busy", () => {
      throw new HttpError(503, "Come back");
    });
    const client = await testClient(app);
    assert.match((await client.page("/boom")).text, /look here/);
    assert.equal((await client.page("/busy")).text, "Sorry");
    assert.equal((await client.page("/nowhere")).text, "Lost");
    await client.close();
  });
});

describe("a form token on an error page", () => {
  const root = temporaryFolder({
    "src/templates/errors/4xx.twig": "<form>{{ form_token() }}</form>",
    "src/templates/errors/5xx.twig": "<form>{{ form_token() }}</form>",
  });
  let client: TestClient;
  let log: LogMemory;

  before(async () => {
    mock.timers.enable({ apis: ["setInterval"] });
    const { app, log: memory } = newApp({ ...SETTINGS, TINA4_HANDLER_TIMEOUT: 5 }, { root });
    log = memory;
    app.get("/login", async (request) => {
      await app.auth.login(request, { sub: 1 });
      return {};
    });
    app.get("/refuse", () => {
      throw new HttpError(402, "Pay first");
    });
    app
      .post("/form", () => ({ sent: true }))
      .noAuth()
      .csrf();
    app.get("/often", () => ({})).middleware("RateLimiter:1");
    app.get("/slow", () => new Promise<object>(() => {}));
    app
      .post("/hook", () => {
        throw new HttpError(402, "Pay first");
      })
      .noAuth()
      .crossSite();
    app.get("/ended", async (request) => {
      await app.auth.logout(request);
      throw new HttpError(402, "Pay first");
    });
    client = await testClient(app);
  });

  after(async () => {
    await client.close();
    mock.timers.reset();
  });
  beforeEach(() => {
    client.cookies.clear();
    log.lines.length = 0;
  });

  function assertBuiltIn({ text, formTokens }: TestPage): void {
    assert.match(text, BUILT_IN);
    assert.deepEqual(formTokens, []);
    const [failure, ...more] = log.entries.filter(({ message }) => message === FAILED);
    assert.match((failure?.error as Error | undefined)?.message ?? "", /form_token\(\) has nothing to belong to/);
    assert.deepEqual(more, []);
  }

  const sends = async (formToken: string): Promise<number> =>
    (await client.post("/form", { form: { formToken } })).status;

  it("works for a visitor without a cookie, who gets one", async () => {
    const { status, formTokens, headers } = await client.page("/refuse");
    assert.deepEqual([status, formTokens.length, headers.getSetCookie().length], [402, 1, 1]);
    assert.equal(await sends(formTokens[0] ?? ""), 200);
  });

  it("works for a visitor with a session, also where no route is", async () => {
    await client.get("/login");
    const { status, formTokens } = await client.page("/nowhere");
    assert.deepEqual([status, formTokens.length], [404, 1]);
    assert.equal(await sends(formTokens[0] ?? ""), 200);
  });

  it("works before the session is read for a visitor without a cookie, and is not printed for one with it", async () => {
    await client.get("/often");
    const stranger = await client.page("/often");
    assert.deepEqual([stranger.status, stranger.formTokens.length], [429, 1]);
    assert.equal(await sends(stranger.formTokens[0] ?? ""), 200);
    await client.get("/login");
    const known = await client.page("/often");
    assert.equal(known.status, 429);
    assertBuiltIn(known);
    assert.deepEqual(known.headers.getSetCookie(), []);
  });

  it("is not printed where other sites may post, since nobody's session is read there", async () => {
    const answer = await readPage(await client.post("/hook", BROWSER));
    assert.equal(answer.status, 402);
    assertBuiltIn(answer);
  });

  it("is not printed for what another site has sent, as a browser keeps the session's cookie back that it would replace", async () => {
    for (const path of ["/form", "/nowhere"]) {
      log.lines.length = 0;
      const headers = { ...BROWSER.headers, "Sec-Fetch-Site": "cross-site" };
      const answer = await readPage(await client.post(path, { headers }));
      assert.equal(answer.status, path === "/form" ? 403 : 404);
      assertBuiltIn(answer);
      assert.deepEqual(answer.headers.getSetCookie(), []);
    }
  });

  it("works for a visitor whose session has just ended", async () => {
    await client.get("/login");
    const { status, formTokens } = await client.page("/ended");
    assert.deepEqual([status, formTokens.length], [402, 1]);
    assert.equal(await sends(formTokens[0] ?? ""), 200);
  });

  it("is not printed for an overdue answer, which is sent before its cookie could be", async () => {
    const waiting = client.page("/slow");
    for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
    mock.timers.tick(10_000);
    const answer = await waiting;
    assert.equal(answer.status, 503);
    assertBuiltIn(answer);
  });
});
