import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { z } from "zod";
import type { Application } from "../../src/app/application.ts";
import { NO_CHROMIUM, useChromium, type Visitor } from "./chromium.ts";
import { type FrondSite, openFrondSite, tokenField } from "./frond-site.ts";

const UNREACHABLE = "The server cannot be reached. Check your connection and try again.";

/** For each path: what the handler answers, and what the user reads. */
const ANSWERS: Readonly<Record<string, readonly [status: number, body: string, shown: string, retryAfter?: string]>> = {
  "/json": [409, '{"error":"Taken <b>already</b>"}', "Taken <b>already</b>"],
  "/message": [400, '{"message":"Not like this","error":"no"}', "Not like this"],
  "/list": [400, '{"errors":["Too short","Too simple"]}', "Too short Too simple"],
  "/busy": [
    503,
    '{"error":"Service temporarily unavailable"}',
    "Service temporarily unavailable Try again in 30 seconds.",
    "30",
  ],
  "/busy-page": [503, "<h1>Busy</h1>", "The server is busy. Try again in 1 second.", "1"],
  "/many": [429, "", "Too many attempts. Try again in 42 seconds.", "42"],
  "/many-dated": [429, "no", "Too many attempts.", "Fri, 31 Dec 1999 23:59:59 GMT"],
  "/page": [500, "<h1>Oops</h1><script>document.title = 1</script>", "The server has failed. Try again later."],
  "/teapot": [418, "I am a teapot", "The server has refused this (418)."],
  "/password": [401, '{"error":"Invalid credentials"}', "Invalid credentials"],
  "/gone-out": [401, "null", "Please log in and try again."],
  "/odd": [400, '{"error":{"text":"x"},"errors":[null,7,{"path":1}]}', "The server has refused this (400)."],
  "/accepted": [
    200,
    "Thank you",
    "The server has accepted this, but its answer cannot be read. Reload the page before you try again.",
  ],
};

function addRoutes(app: Application): void {
  for (const [path, [status, body, , retryAfter]] of Object.entries(ANSWERS)) {
    app
      .post(path, (_request, response) => {
        if (retryAfter !== undefined) response.header("Retry-After", retryAfter);
        return response.text(body, status);
      })
      .noAuth();
  }
  const Person = z.object({
    name: z.string().min(2, "A name has two letters"),
    email: z.email("Not an address"),
    terms: z.literal("on", "Accept the terms"),
  });
  app.post("/validated", { body: Person }, () => ({ message: "Welcome" })).noAuth();
  app
    .post("/limited", () => ({ message: "Once" }))
    .noAuth()
    .middleware("RateLimiter:1");
  app
    .post("/token", () => ({ message: "Never" }))
    .noAuth()
    .csrf();
}

describe("a form that fails", { skip: NO_CHROMIUM }, () => {
  const chromium = useChromium();
  let site: FrondSite;
  let visitor: Visitor;

  before(async () => {
    site = await openFrondSite({
      addRoutes,
      script: "let called = 0; function count() { called += 1; }",
      pages: {
        "/form": `<form data-frond-target="msg" data-frond-callback="count" data-frond-redirect="/form" data-frond-reset>
          <input name="text"><button>Send</button></form><p id="msg"></p>`,
        "/person": (request) => `<form data-frond-action="/validated" data-frond-target="msg">${tokenField(request)}
          <p id="hint">As in your passport</p>
          <label for="name">Name</label> <input id="name" name="name" aria-describedby="hint">
          <label>Email <input name="email"></label><button>Send</button></form><p id="msg"></p>`,
      },
    });
    visitor = await chromium.visitor();
  });
  after(async () => {
    await visitor.leave();
    await site.close();
  });

  const send = async (action: string): Promise<string | null> => {
    const { page } = visitor;
    await page.evaluate(`msg.textContent = ""; document.forms[0].setAttribute("data-frond-action", "${action}")`);
    await page.click("text=Send");
    return await page.locator("#msg:not(:empty)").textContent();
  };

  it("says why in the server's words, or else in words of its own, and when to try again", async () => {
    const { page } = visitor;
    await page.goto(`${site.origin}/form`);
    for (const [path, [status, , shown]] of Object.entries(ANSWERS)) {
      if (status === 200) continue;
      await page.fill("input", path);
      assert.equal(await send(path), shown, path);
      assert.equal(await page.getAttribute("#msg", "role"), "alert", path);
      assert.equal(await page.inputValue("input"), path);
      assert.equal(await page.locator("button:disabled").count(), 0);
    }
    assert.equal(await page.locator("#msg *").count(), 0);
    assert.deepEqual(
      [await page.evaluate("called"), await page.title(), page.url()],
      [0, "Page", `${site.origin}/form`],
    );
    assert.deepEqual(await visitor.complaints(400, 401, 409, 418, 429, 500, 503), []);
  });

  it("says so when it was accepted with an answer that is no JSON", async () => {
    await visitor.page.goto(`${site.origin}/form`);
    await visitor.page.evaluate("document.forms[0].removeAttribute('data-frond-redirect')");
    assert.equal(await send("/accepted"), ANSWERS["/accepted"]?.[2]);
    assert.equal(await visitor.page.getAttribute("#msg", "role"), "alert");
    assert.equal(await visitor.page.evaluate("called"), 0);
  });

  it("tells how long the rate limit lasts", async () => {
    await visitor.page.goto(`${site.origin}/form`);
    await visitor.page.evaluate("document.forms[0].removeAttribute('data-frond-redirect')");
    assert.equal(await send("/limited"), "Once");
    assert.match(String(await send("/limited")), /^Rate limit exceeded\. Try again in [1-9]\d* seconds?\.$/);
  });

  it("asks for a reload when its token is not good", async () => {
    await visitor.page.goto(`${site.origin}/form`);
    assert.equal(await send("/token"), "Invalid form token. Please refresh and try again.");
  });

  it("marks faulty fields, says below each what is wrong, and leads to the first; the next attempt begins anew", async () => {
    const { page } = visitor;
    await page.goto(`${site.origin}/person`);
    assert.equal(await send("/validated"), "Validation failed Accept the terms");
    const notes = async () => await page.locator('[id^="frond-error-"]').allTextContents();
    assert.deepEqual(await notes(), ["A name has two letters", "Not an address"]);
    assert.equal(await page.evaluate("document.activeElement.name"), "name");
    assert.equal(await page.locator("label").last().textContent(), "Email ");
    for (const name of ["name", "email"]) {
      const field = page.locator(`[name=${name}]`);
      assert.equal(await field.getAttribute("aria-invalid"), "true");
      const id = (await field.getAttribute("aria-describedby"))?.split(" ").at(-1);
      assert.equal(await page.locator(`#${id}`).count(), 1);
    }
    assert.match(String(await page.getAttribute("#name", "aria-describedby")), /^hint frond-error-/);

    await page.fill("#name", "Alice");
    await send("/validated");
    assert.deepEqual(await notes(), ["Not an address"]);
    assert.equal(await page.getAttribute("#name", "aria-invalid"), null);
    assert.equal(await page.getAttribute("#name", "aria-describedby"), "hint");
    assert.equal(await page.evaluate("document.activeElement.name"), "email");

    await page.fill("[name=email]", "alice@example.com");
    await page.evaluate(
      `document.forms[0].insertAdjacentHTML("beforeend", '<input type=checkbox name=terms checked>')`,
    );
    assert.equal(await send("/validated"), "Welcome");
    assert.deepEqual(await notes(), []);
    assert.deepEqual(await page.locator("[aria-invalid], [name=email][aria-describedby]").count(), 0);
  });

  it("says that the server cannot be reached, and can be sent again", async () => {
    const { page } = visitor;
    const stopped = await openFrondSite({
      pages: { "/form": `<form data-frond-target="msg"><button>Send</button></form><p id="msg"></p>` },
    });
    await page.goto(`${stopped.origin}/form`);
    await stopped.close();
    for (const _ of [1, 2]) {
      assert.equal(await send("/anything"), UNREACHABLE);
      assert.equal(await page.getAttribute("#msg", "role"), "alert");
    }
    assert.deepEqual(
      await visitor.complaints(
        "net::ERR_CONNECTION_REFUSED",
        "net::ERR_CONNECTION_RESET",
        400,
        401,
        403,
        409,
        418,
        429,
        500,
        503,
      ),
      [],
    );
  });
});
