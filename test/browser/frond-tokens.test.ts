import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import type { Application } from "../../src/app/application.ts";
import type { Request } from "../../src/http/request.ts";
import { NO_CHROMIUM, useChromium, type Visitor } from "./chromium.ts";
import { type ForeignServer, openForeignServer } from "./foreign-server.ts";
import { type FrondSite, openFrondSite, tokenField } from "./frond-site.ts";

const FORMS = ["login", "write", "odd", "away"];

const pageOf = (forms: readonly string[]): string => `${forms.join("")}<p id="msg"></p>`;

const formFor = (name: string, request: Request): string =>
  `<form data-frond-action="/api/${name}" data-frond-target="msg">${tokenField(request)}
    <input name="text" value="secret"><button>${name}</button></form>`;

let elsewhere = "";

function addRoutes(app: Application, note: (request: Request) => void): void {
  app.post("/api/login", () => ({ token: app.auth.getToken({ sub: 7 }), message: "Hello" })).noAuth();
  app.post("/api/write", (request) => {
    note(request);
    return { message: `Written by ${request.user?.sub}` };
  });
  app.post("/api/odd", () => ({ message: "Odd", token: "no\r\ntoken" })).noAuth();
  app
    .post("/api/away", (request, response) => {
      note(request);
      return response.redirect(elsewhere, { external: true, status: 307 });
    })
    .noAuth();
}

describe("the tokens of a page", { skip: NO_CHROMIUM }, () => {
  const chromium = useChromium();
  const tokens = {
    addRoutes,
    pages: { "/": (request: Request) => pageOf(FORMS.map((name) => formFor(name, request))) },
  };
  let other: ForeignServer;
  let inMemory: FrondSite;
  let inStorage: FrondSite;
  let visitor: Visitor;

  before(async () => {
    other = await openForeignServer({
      message: "From elsewhere",
      token: "foreign.login.token",
      redirect: "/from-elsewhere",
    });
    elsewhere = `${other.origin}/redirected`;
    const settings = { TINA4_CSP: `default-src 'self'; connect-src 'self' ${other.origin}` };
    inMemory = await openFrondSite({ ...tokens, settings });
    inStorage = await openFrondSite({ ...tokens, root: 'data-frond-token-storage="local"' });
  });
  after(async () => {
    other.close();
    await inMemory.close();
    await inStorage.close();
  });
  beforeEach(async () => {
    for (const place of [inMemory, inStorage, other]) place.received.length = 0;
    visitor = await chromium.visitor();
    await visitor.page.goto(`${inMemory.origin}/`);
  });
  afterEach(() => visitor.leave());

  const send = async (name: string): Promise<string | null> => {
    await visitor.page.evaluate("msg.textContent = ''");
    await visitor.page.click(`button:text-is("${name}")`);
    return await visitor.page.locator("#msg:not(:empty)").textContent();
  };
  const token = async (): Promise<string | null> => await visitor.page.evaluate("frond.token");
  const stored = async (): Promise<unknown> => await visitor.page.evaluate("({ ...localStorage, ...sessionStorage })");

  it("come from a login, are sent with the next form, and are renewed by its answer, in memory alone", async () => {
    assert.equal(await send("write"), "Please log in and try again.");
    assert.equal(await send("login"), "Hello");
    const first = await token();
    assert.equal(inMemory.app.auth.validToken(String(first))?.sub, 7);
    assert.equal(await send("write"), "Written by 7");
    assert.equal(inMemory.received[0]?.headers.authorization, `Bearer ${first}`);
    assert.equal(inMemory.app.auth.validToken(String(await token()))?.sub, 7);
    assert.deepEqual(await stored(), {});
    await visitor.page.reload();
    assert.equal(await token(), null);
    assert.deepEqual(await visitor.complaints(401), []);
  });

  it("are taken from FreshToken", async () => {
    const page = visitor.page;
    await send("login");
    await page.route("**/api/write", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), freshtoken: "fresh.from.header" } });
    });
    await send("write");
    assert.equal(await token(), "fresh.from.header");
  });

  it("are not brought back by an answer that comes after they were forgotten", async () => {
    const page = visitor.page;
    await send("login");
    await page.route("**/api/write", async (route) => {
      await page.evaluate("frond.token = null");
      await route.continue();
    });
    assert.equal(await send("write"), "Written by 7");
    assert.equal(await token(), null);
  });

  it("are forgotten when the server finds them invalid, and only then", async () => {
    await visitor.page.evaluate("frond.token = 'no.valid.token'");
    assert.equal(await send("write"), "Please log in and try again.");
    assert.equal(await token(), null);
    await send("login");
    assert.equal(await send("odd"), "Odd");
    assert.notEqual(await token(), null);
  });

  it("are JWTs, and nothing that would break a header", async () => {
    for (const value of ["'a\\r\\nb'", "''", "undefined", "7", "{}", "'a.b.c'.padEnd(9000, 'c')"]) {
      await assert.rejects(
        visitor.page.evaluate(`frond.token = ${value}`),
        { message: /frond\.token is a JWT/ },
        value,
      );
    }
    assert.equal(await token(), null);
  });

  it("outlive the page in localStorage where <html> or the script says so", async () => {
    await visitor.page.goto(`${inStorage.origin}/`);
    await send("login");
    const first = await token();
    assert.deepEqual(await stored(), { token: first });
    await visitor.page.reload();
    assert.equal(await send("write"), "Written by 7");
    assert.deepEqual(await stored(), { token: await token() });
    await visitor.page.evaluate("frond.token = null");
    assert.deepEqual(await stored(), {});

    await visitor.page.evaluate("localStorage.setItem('token', 'undefined')");
    assert.equal(await token(), null);
    await visitor.page.route(`${inMemory.origin}/`, async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(
        '<script src="/js',
        '<script data-frond-token-storage="local" src="/js',
      );
      await route.fulfill({ response, body });
    });
    await visitor.page.goto(`${inMemory.origin}/`);
    await visitor.page.evaluate("frond.token = 'a.b.c'");
    assert.deepEqual(await stored(), { token: "a.b.c" });
  });

  it("never go to another origin, and are not taken from one, nor is a redirect", async () => {
    const { page, complaints } = visitor;
    await page.context().addCookies([{ name: "mine", value: "1", url: other.origin }]);
    await send("login");
    const before = [
      await token(),
      await page.locator("[name=formToken]").evaluateAll("(fields) => fields.map((f) => f.value)"),
    ];
    await page.evaluate(`document.forms[1].setAttribute("data-frond-action", "${other.origin}/form")`);
    assert.equal(await send("write"), "From elsewhere");
    assert.equal(other.received.length, 1);
    const [{ line, headers, body } = { line: "", headers: {}, body: "" }] = other.received;
    assert.deepEqual([line, body], ["POST /form", "text=secret"]);
    for (const name of ["authorization", "x-form-token", "cookie"]) assert.equal(headers[name], undefined);
    const now = [
      await token(),
      await page.locator("[name=formToken]").evaluateAll("(fields) => fields.map((f) => f.value)"),
    ];
    assert.deepEqual(now, before);
    assert.equal(page.url(), `${inMemory.origin}/`);
    assert.deepEqual(await complaints(), []);
  });

  it("never follow a redirect: the page is asked for anew", async () => {
    const { page } = visitor;
    await send("login");
    const reload = page.waitForEvent("load");
    await page.click("text=away");
    await reload;
    assert.equal(page.url(), `${inMemory.origin}/`);
    assert.equal(inMemory.received.length, 1);
    assert.deepEqual(other.received, []);
  });

  it("stay at home under the default policy, which lets no form data out", async () => {
    await visitor.page.goto(`${inStorage.origin}/`);
    await visitor.page.evaluate(`document.forms[1].setAttribute("data-frond-action", "${other.origin}/form")`);
    assert.match(String(await send("write")), /^The server cannot be reached/);
    assert.deepEqual(other.received, []);
  });

  it("make a page that the browser brings back be asked for anew", async () => {
    const { page } = visitor;
    const reload = page.waitForEvent("load");
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    await reload;
    await page.evaluate("document.body.replaceChildren()");
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    await page.evaluate("fetch('/page.js')");
    assert.equal(await page.locator("body *").count(), 0);
  });
});
