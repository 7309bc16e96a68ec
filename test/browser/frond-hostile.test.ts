import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { NO_CHROMIUM, useChromium, type Visitor } from "./chromium.ts";
import { type FrondSite, type FrondSiteOptions, openFrondSite, tokenField } from "./frond-site.ts";

/** Names that hide something of `document` or `window` when an element bears them. */
const DOCUMENT_NAMES = [
  ..."getElementById querySelector querySelectorAll createElement addEventListener activeElement body forms cookie".split(
    " ",
  ),
  ..."currentScript documentElement defaultView location baseURI frond saveForm token fetch FormData handleLogin".split(
    " ",
  ),
];
/** Names that hide something of their form. */
const FORM_NAMES = [
  ..."action method submit elements id name querySelector querySelectorAll getAttribute setAttribute append reset".split(
    " ",
  ),
  ..."hasAttribute closest dataset textContent innerHTML attributes ownerDocument addEventListener enctype target".split(
    " ",
  ),
];
const CLOBBERING = DOCUMENT_NAMES.map(
  (name) =>
    ["img", "form", "embed", "object"].map((tag) => `<${tag} name="${name}"></${tag}>`).join("") +
    `<a id="${name}"></a>`,
).join("");

/** Where a browser would be led elsewhere, or run something (D06). */
const UNSAFE = [
  "javascript:alert(1)",
  "java\nscript:alert(1)",
  "\u0001javascript:alert(1)",
  " javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:alert(1)",
  "blob:http://127.0.0.1/1",
  "https://evil.example/",
  "//evil.example/",
  "/\\evil.example/",
  "\\\\evil.example/",
  "/\t/evil.example/",
  "/\n/evil.example/",
  "/.//evil.example/",
  "/%2e//evil.example/",
  "/a/..//evil.example",
  "evil",
  "?redirect",
  "",
];

const pages: FrondSiteOptions["pages"] = {
  "/clobbered": (request) => `${CLOBBERING}
    <form id="real" name="token" data-frond-action="/api/echo" data-frond-target="msg" data-frond-callback="remember" data-frond-reset>
      ${tokenField(request)} ${FORM_NAMES.map((name) => `<input name="${name}" value="${name}">`).join("")}
      <button name="sent" value="yes">Send</button></form>
    <form id="msg"><input name="textContent"><input name="setAttribute"></form>`,
  "/redirects": `<form data-frond-action="/api/echo" data-frond-target="msg">
    <input name="redirect"><button>Send</button></form><p id="msg"></p>`,
  "/callbacks": `<form data-frond-action="/api/text" data-frond-target="msg"><button>Send</button></form><p id="msg"></p>
    <a id="linked"></a><object name="thing"></object><iframe name="frame"></iframe>`,
  "/welcome": "Welcome",
  "/stay": "Stay",
};

describe("the browser script", { skip: NO_CHROMIUM }, () => {
  const chromium = useChromium();
  let site: FrondSite;
  let visitor: Visitor;

  before(async () => {
    site = await openFrondSite({
      pages,
      script: `
        const find = (selector) => Document.prototype.querySelector.call(document, selector);
        const read = (selector, name) => Element.prototype.getAttribute.call(find(selector), name);
        const textOf = (selector) => [...Object.getOwnPropertyDescriptor(Node.prototype, "childNodes").get.call(find(selector))]
          .map((node) => node.data).join();
        let last;
        function remember(result) { last = result; }
        function stay(result) { return false; }
        const api = { remember };
        window.native = remember.bind(null);
        Object.getPrototypeOf(window).inherited = remember;`,
      addRoutes: (app, note) => {
        app
          .post("/api/echo", (request) => {
            note(request);
            return { message: "Thank you", ...(request.body as object) };
          })
          .noAuth();
        app.post("/api/text", (_request, response) => response.json("document.title = 'run'")).noAuth();
      },
    });
  });
  after(() => site.close());
  beforeEach(async () => {
    site.received.length = 0;
    visitor = await chromium.visitor();
  });
  afterEach(() => visitor.leave());

  const said = () => visitor.page.locator("#msg:not(:empty)").textContent();

  it("does the same whatever elements are called (X17)", async () => {
    const { page, complaints } = visitor;
    await page.goto(`${site.origin}/clobbered`);
    assert.equal(await page.evaluate("typeof document.getElementById"), "object");
    const spent = await page.evaluate("find('#real [name=formToken]').value");
    await page.evaluate("find('[name=action]').value = 'changed'; find('#real button').click()");
    const answer = (await page.evaluate("saveForm('real', '/elsewhere')")) as { ok: boolean }; // of the form on its way
    assert.equal(answer.ok, true);
    assert.deepEqual(await page.evaluate("['role', 'id'].map((name) => read('#msg', name))"), ["status", "msg"]);
    assert.equal(await page.evaluate("textOf('#msg')"), "Thank you");
    assert.equal(site.received.length, 1);
    const fields = Object.fromEntries(FORM_NAMES.map((name) => [name, name]));
    assert.deepEqual({ ...site.received[0]?.body }, { ...fields, action: "changed", sent: "yes" });
    assert.equal(site.received[0]?.headers["x-form-token"], spent);
    assert.deepEqual(await page.evaluate("last"), { message: "Thank you", ...site.received[0]?.body });
    assert.notEqual(await page.evaluate("find('#real [name=formToken]').value"), spent);
    assert.equal(await page.evaluate("find('[name=action]').value"), "action");
    const offered = "[typeof frond.saveForm, typeof saveForm, frond.token]";
    assert.deepEqual(await page.evaluate(offered), ["function", "function", null]);
    assert.deepEqual(await complaints(), []);
  });

  it("stays when an answer, a form or a script leads elsewhere (D06)", async () => {
    const { page, complaints } = visitor;
    await page.goto(`${site.origin}/redirects`);
    for (const path of UNSAFE) {
      const call = `
        document.forms[0].setAttribute("data-frond-redirect", ${JSON.stringify(path)});
        saveForm(document.forms[0], "/api/echo", "msg")`;
      await page.evaluate(`document.forms[0].redirect.value = ${JSON.stringify(path)}; ${call}`);
      assert.equal(await page.evaluate(`frond.redirect(${JSON.stringify(path)})`), false, path);
    }
    for (const value of ["undefined", "null", "7", "['/welcome']", "{ toString: () => '/welcome' }"]) {
      assert.equal(await page.evaluate(`frond.redirect(${value}, "//evil.example")`), false, value);
    }
    await page.evaluate("fetch('/stay')");
    assert.deepEqual([page.url(), page.context().pages().length], [`${site.origin}/redirects`, 1]);
    assert.deepEqual(await complaints(), []);
  });

  it("follows the answer's path, else the form's, when it is safe", async () => {
    const { page } = visitor;
    for (const [wanted, attribute, end] of [
      ["/welcome?a=1#b", "/stay", "/welcome?a=1#b"],
      ["//evil.example", "/stay", "/stay"],
      ["", "/stay", "/stay"],
    ] as const) {
      await page.goto(`${site.origin}/redirects`);
      await page.fill("[name=redirect]", wanted);
      await page.evaluate(`document.forms[0].setAttribute("data-frond-redirect", "${attribute}")`);
      await page.click("text=Send");
      await page.waitForURL(site.origin + end);
    }
    await page.evaluate("frond.redirect('javascript:alert(1)', '/welcome')");
    await page.waitForURL(`${site.origin}/welcome`);
  });

  it("stays where a callback returns false", async () => {
    const { page } = visitor;
    await page.goto(`${site.origin}/redirects`);
    await page.evaluate("document.forms[0].setAttribute('data-frond-callback', 'stay')");
    await page.fill("[name=redirect]", "/welcome");
    await page.click("text=Send");
    await page.locator("button:not(:disabled)").waitFor();
    assert.equal(await said(), "Thank you");
    await page.evaluate("fetch('/stay')");
    assert.equal(page.url(), `${site.origin}/redirects`);
  });

  it("calls a function that a script of the page declares, and nothing else that an attribute could name", async () => {
    const { page, complaints } = visitor;
    await page.goto(`${site.origin}/callbacks`);
    const refused = [
      ..."eval setTimeout setInterval Function alert print close stop native inherited linked thing frame last".split(
        " ",
      ),
      ...[
        "api.remember",
        "window.remember",
        "remember()",
        "location.assign",
        "constructor",
        "__proto__",
        "",
        "missing",
      ],
    ];
    for (const name of refused) {
      await page.evaluate(`msg.textContent = ""; document.forms[0].setAttribute("data-frond-callback", "${name}")`);
      await page.click("text=Send");
      assert.equal(await said(), "Done.");
    }
    assert.deepEqual([await page.title(), await page.evaluate("last === undefined")], ["Page", true]);
    assert.deepEqual(
      await complaints(),
      refused.map((name) => `data-frond-callback: no script of this page declares a function "${name}".`),
    );
    await page.evaluate("document.forms[0].setAttribute('data-frond-callback', 'remember')");
    await page.click("text=Send");
    await page.locator("button:not(:disabled)").waitFor();
    assert.equal(await page.evaluate("last"), "document.title = 'run'");
  });
});
