import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Application } from "../../src/app/application.ts";
import { checkServer } from "../../src/check/check-server.ts";
import { type Ask, askOverHttp } from "../../src/check/probe/ask-over-http.ts";
import { PROBE_FINDINGS } from "../../src/check/probe-findings.ts";
import { newApp } from "../app/test-app.ts";
import { type Lapse, PROTECTIVE, plainServer } from "./fixtures/plain-server.ts";

const HTTPS = new URL("https://shop.example");

/** One lapse for each id, after which this finding is met and no other. */
const LAPSES: Readonly<Record<string, Lapse>> = {
  "T4-102": without("Content-Security-Policy"),
  "T4-103": withHeader("Content-Security-Policy", "default-src 'self'; form-action 'self'; frame-ancestors 'self'"),
  "T4-104": without("X-Content-Type-Options"),
  "T4-105": without("X-Frame-Options"),
  "T4-106": withHeader("Referrer-Policy", "unsafe-url"),
  "T4-107": without("Permissions-Policy"),
  "T4-108": withHeader("X-XSS-Protection", "1; mode=block"),
  "T4-109": without("Strict-Transport-Security"),
  "T4-111": withHeader("X-Powered-By", "Express"),
  "T4-114": ({ method }) => (method === "DELETE" ? { status: 404 } : {}),
  "T4-115": ({ headers: { origin } }) =>
    origin === undefined
      ? {}
      : {
          headers: { ...PROTECTIVE, "Access-Control-Allow-Origin": origin, "Access-Control-Allow-Credentials": "true" },
        },
  "T4-116": withHeader("Access-Control-Allow-Origin", "*"),
  "T4-117": ({ method }) => (method === "TRACE" ? { status: 200 } : {}),
  "T4-118": (_request, { status }) => (status === 404 ? { body: "Error: x\n    at open (/srv/shop/a.ts:3:1)" } : {}),
  "T4-119": ({ url }) => (url === "/.env" ? { status: 200 } : {}),
  "T4-120": withHeader("Set-Cookie", "id=secret-value; SameSite=Lax; Secure"),
  "T4-121": withHeader("Set-Cookie", "id=secret-value; HttpOnly; Secure"),
  "T4-122": withHeader("Set-Cookie", "id=secret-value; HttpOnly; SameSite=Lax"),
};
/** Of these no answer of a server is the reason. */
const WITHOUT_LAPSE = ["T4-101", "T4-110"];

describe("the findings of tina4 check --url", () => {
  let shop: Application;
  before(() => {
    shop = newApp().app;
    shop.get("/about", () => "about");
    shop.post("/orders", () => "ordered");
    shop.del("/orders/{id:int}/{part:slug}", () => "gone");
    shop.post("/feedback", () => "thanks").noAuth();
    shop.post("/notes/{title}", () => "kept");
    shop.post("/notes/x", () => "kept").noAuth();
  });
  after(() => shop.close());

  async function idsOf(lapse: Lapse | undefined, origin: URL | undefined = HTTPS) {
    const server = await plainServer(lapse);
    try {
      const { findings } = await checkServer(origin ?? server.origin, askOverHttp(server.origin), shop);
      return { ids: findings.map(({ id }) => id), asked: server.asked, findings };
    } finally {
      await server.close();
    }
  }

  it("have a lapse each that is tested", () => {
    assert.deepEqual(
      PROBE_FINDINGS.map(({ id }) => id),
      [...Object.keys(LAPSES), ...WITHOUT_LAPSE].sort(),
    );
  });

  it("are not met by a server that does everything", async () => {
    assert.deepEqual((await idsOf(undefined)).ids, []);
  });

  it("are not met by an application of this framework", async () => {
    const { url } = await shop.listen({ port: 0, host: "127.0.0.1" });
    const origin = new URL(url);
    assert.deepEqual((await checkServer(origin, askOverHttp(origin), shop)).findings, []);
  });

  for (const [id, lapse] of Object.entries(LAPSES)) {
    it(`${id} is met, and no other, by a server that does all but one thing`, async () => {
      const { ids, findings } = await idsOf(lapse);
      assert.deepEqual(ids, [id]);
      assert.doesNotMatch(JSON.stringify(findings), /secret-value/);
    });
  }

  it("are not met by a proxy that refuses TRACE by itself, without a header", async () => {
    assert.deepEqual((await idsOf(({ method }) => (method === "TRACE" ? { headers: {} } : {}))).ids, []);
  });

  it("T4-118 is met by the pages of debug", async () => {
    const { ids } = await idsOf(({ url }) => (url === "/__tina4" ? { status: 200 } : {}));
    assert.deepEqual(ids, ["T4-118"]);
  });

  it("T4-110 is met by plain HTTP from elsewhere, and not by a server on this machine", async () => {
    assert.deepEqual((await idsOf(undefined, new URL("http://shop.example"))).ids, ["T4-110"]);
    assert.deepEqual((await idsOf(undefined, new URL("http://127.0.0.1"))).ids, []);
  });

  it("T4-101 is met where nobody answers, and after the first silence nothing more is asked", async () => {
    const asked: string[] = [];
    const ask: Ask = (question) => {
      asked.push(question.path);
      return Promise.reject(new Error("connect ECONNREFUSED"));
    };
    const { findings } = await checkServer(HTTPS, ask, shop);
    assert.deepEqual([findings.map(({ id }) => id), asked], [["T4-101"], ["/"]]);
  });

  it("ask twenty questions at most, harmless ones, and never a public write", async () => {
    const { asked } = await idsOf(undefined);
    assert.ok(asked.length <= 20, `${asked.length} questions`);
    assert.deepEqual(
      asked.filter((question) => !/^(?:GET|OPTIONS|TRACE) /.test(question)),
      ["DELETE /orders/0/x", "POST /orders"],
    );
    assert.ok(asked.includes("GET /about"));
  });

  it("are no more for an application of a hundred routes", async () => {
    const { app } = newApp();
    for (let route = 0; route < 50; route += 1) {
      app.get(`/page-${route}`, () => "page");
      app.post(`/write-${route}`, () => "written");
    }
    await app.ready();
    const server = await plainServer(undefined);
    await checkServer(HTTPS, askOverHttp(server.origin), app);
    await Promise.all([server.close(), app.close()]);
    assert.equal(server.asked.length, 20);
  });
});

function without(name: string): Lapse {
  return withHeader(name, undefined);
}

function withHeader(name: string, value: string | undefined): Lapse {
  return () => ({ headers: { ...PROTECTIVE, [name]: value } });
}
