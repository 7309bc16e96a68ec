import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import type { Application } from "../../src/app/application.ts";
import type { Request } from "../../src/http/request.ts";
import { UploadedFile } from "../../src/uploads/uploaded-file.ts";
import { NO_CHROMIUM, useChromium, type Visitor } from "./chromium.ts";
import { type FrondSite, openFrondSite, type Received, tokenField } from "./frond-site.ts";

const MARKUP = '<img src=x onerror="document.title=1"><b>Bold</b>';
const SCRIPT = "let last; function remember(result) { last = result; }";

const contactForm = (request: Request, attributes = ""): string => `
  <form id="contact" method="post" action="/plain" data-frond-action="/api/contact" data-frond-target="msg" ${attributes}>
    ${tokenField(request)}
    <input name="text" value="Grüße & so"> <button name="kind" value="question">Send</button>
  </form><div id="msg"></div>`;

let answerSlowly: () => void = () => {};

function addRoutes(app: Application, note: (request: Request) => void): void {
  app
    .post("/api/contact", (request) => {
      note(request);
      return { message: "Thank you for your message" };
    })
    .noAuth()
    .csrf();
  app
    .post("/plain", (request, response) => {
      note(request);
      return response.redirect("/thanks");
    })
    .noAuth()
    .csrf();
  app
    .post("/api/files", async (request) => {
      note(request);
      const { file } = request.files;
      return { message: file instanceof UploadedFile ? `${file.name}: ${file.size} bytes` : "no file" };
    })
    .noAuth()
    .upload();
  app
    .post("/api/slow", async (request) => {
      note(request);
      await new Promise<void>((resolve) => {
        answerSlowly = resolve;
      });
      return { message: "At last" };
    })
    .noAuth();
  app.post("/api/markup", () => ({ message: MARKUP })).noAuth();
  app.post("/api/empty", (_request, response) => response.status(204)).noAuth();
}

describe("a form with data-frond-action", { skip: NO_CHROMIUM }, () => {
  const chromium = useChromium();
  let site: FrondSite;
  let expectedComplaint: string | undefined;
  let visitor: Visitor;

  before(async () => {
    const plain = (action: string, attributes = ""): string =>
      `<form id="form" data-frond-action="${action}" data-frond-target="msg" ${attributes}>
        <input name="text" value="Hello"><button>Send</button><button type="button">More</button></form><p id="msg"></p>`;
    site = await openFrondSite({
      script: SCRIPT,
      addRoutes,
      pages: {
        "/contact": (request) => contactForm(request),
        "/callback": (request) => contactForm(request, 'data-frond-callback="remember"'),
        "/reset": (request) => contactForm(request, "data-frond-reset"),
        "/two": (request) =>
          `${contactForm(request)}<form id="other" data-frond-action="/api/contact" data-frond-target="otherMsg">
          ${tokenField(request, "_token")}<button>Send too</button></form><p id="otherMsg"></p>`,
        "/shared": (request) => {
          const field = tokenField(request);
          return [1, 2]
            .map((n) => `<form data-frond-action="/api/contact">${field}<button>${n}</button></form>`)
            .join("");
        },
        "/slow": plain("/api/slow"),
        "/markup": plain("/api/markup"),
        "/empty": plain("/api/empty"),
        "/nowhere": plain("/api/markup").replace('id="msg"', ""),
        "/files": plain("/api/files").replace("<button>", '<input type="file" name="file"><button>'),
        "/thanks": "Thanks",
        "/blank": "",
      },
    });
  });
  after(() => site.close());
  beforeEach(async () => {
    site.received.length = 0;
    expectedComplaint = undefined;
    visitor = await chromium.visitor();
  });
  afterEach(async () => {
    const expected = expectedComplaint === undefined ? [] : [expectedComplaint];
    assert.deepEqual([...new Set(await visitor.complaints())], expected);
    await visitor.leave();
  });

  const open = async (path: string) => {
    await visitor.page.goto(site.origin + path);
    return visitor.page;
  };
  const message = (id = "msg") => visitor.page.locator(`#${id}:not(:empty)`).textContent();

  it("is sent without leaving the page, urlencoded, its token in the header alone, and the button that was pressed", async () => {
    const page = await open("/contact");
    await page.click("text=Send");
    assert.equal(await message(), "Thank you for your message");
    assert.equal(await page.getAttribute("#msg", "role"), "status");
    assert.equal(page.url(), `${site.origin}/contact`);
    assert.equal(site.received.length, 1);
    const { body, headers } = site.received[0] as Received;
    assert.deepEqual({ ...body }, { text: "Grüße & so", kind: "question" });
    assert.equal(headers["content-type"], "application/x-www-form-urlencoded;charset=UTF-8");
    assert.equal(headers.accept, "application/json");
    assert.match(String(headers["x-form-token"]), /^[\w-]+\.[\w-]+\.[\w-]+$/);
    assert.equal(headers.authorization, undefined);
    assert.equal(await page.inputValue("[name=text]"), "Grüße & so");
  });

  it("works without scripts by its method and action", async () => {
    const { page, leave } = await chromium.visitor({ javaScriptEnabled: false });
    await page.goto(`${site.origin}/contact`);
    await page.click("text=Send");
    await page.waitForURL(`${site.origin}/thanks`);
    assert.deepEqual(
      site.received.map(({ path }) => path),
      ["/plain"],
    );
    await leave();
  });

  it("can be sent again and again: each answer renews its token", async () => {
    const page = await open("/contact");
    for (const count of [1, 2, 3]) {
      await page.click("text=Send");
      assert.equal(await message(), "Thank you for your message");
      assert.equal(site.received.length, count);
      await page.evaluate("document.getElementById('msg').textContent = ''");
    }
    assert.equal(new Set(site.received.map(({ headers }) => headers["x-form-token"])).size, 3);
  });

  it("leaves the token of another form alone, which stays good", async () => {
    const page = await open("/two");
    const other = await page.inputValue("[name=_token]");
    await page.click("#contact button");
    await message();
    assert.equal(await page.inputValue("[name=_token]"), other);
    await page.click("#other button");
    assert.equal(await message("otherMsg"), "Thank you for your message");
    assert.notEqual(await page.inputValue("[name=_token]"), other);
  });

  it("renews its token in every form that holds the same", async () => {
    const page = await open("/shared");
    for (const button of ["1", "2"]) {
      await page.click(`button:text("${button}")`);
      const place = page.locator(`form:has(button:text("${button}")) [data-frond-message]`);
      assert.equal(await place.filter({ hasText: /./ }).textContent(), "Thank you for your message");
    }
  });

  it("is sent too when it was put into the page later", async () => {
    const page = await open("/blank");
    await page.evaluate(`document.body.innerHTML =
      '<form data-frond-action="/api/markup" data-frond-target="msg"><button>Send</button></form><p id="msg"></p>'`);
    await page.click("text=Send");
    assert.equal(await message(), MARKUP);
  });

  it("is left to a script that has prevented the default", async () => {
    const page = await open("/contact");
    await page.evaluate("document.querySelector('form').addEventListener('submit', (event) => event.preventDefault())");
    await page.click("text=Send");
    await page.evaluate("fetch('/blank')");
    assert.equal(site.received.length, 0);
  });

  it("shows the server's text as text (X16)", async () => {
    const page = await open("/markup");
    await page.click("text=Send");
    assert.equal(await message(), MARKUP);
    assert.equal(await page.locator("#msg *").count(), 0);
    assert.equal(await page.title(), "Page");
  });

  it("says that it is done when the answer says nothing", async () => {
    const page = await open("/empty");
    await page.click("text=Send");
    assert.equal(await message(), "Done.");
  });

  it("gets a place for its messages when the page has none, and the console says so", async () => {
    const page = await open("/nowhere");
    for (const _ of [1, 2]) await page.click("text=Send");
    await page.locator("form > [data-frond-message][role=status]", { hasText: MARKUP }).waitFor();
    assert.equal(await page.locator("[data-frond-message]").count(), 1);
    expectedComplaint = 'saveForm: there is no element with the id "msg" for messages.';
  });

  it("is sent once however often it is submitted, with its buttons disabled meanwhile, and the focus stays", async () => {
    const page = await open("/slow");
    await page.focus("button");
    const arrival = page.waitForRequest("**/api/slow");
    await page.evaluate("for (let i = 0; i < 5; i += 1) document.forms[0].requestSubmit()");
    await arrival;
    assert.equal(await page.locator("button:disabled[aria-busy=true]").count(), 2);
    await page.evaluate("fetch('/blank')");
    answerSlowly();
    assert.equal(await message(), "At last");
    await page.locator("button:not(:disabled):not([aria-busy])", { hasText: "Send" }).waitFor();
    assert.equal(site.received.length, 1);
    assert.equal(await page.evaluate("document.activeElement.textContent"), "Send");

    const second = page.waitForRequest("**/api/slow");
    await page.dblclick("text=Send");
    await second;
    await page.evaluate("fetch('/blank')");
    answerSlowly();
    await page.locator("button:not(:disabled)", { hasText: "Send" }).waitFor();
    assert.equal(site.received.length, 2);
  });

  it("keeps what was typed, or is reset where it says so, with a token that is good", async () => {
    const page = await open("/reset");
    for (const text of ["One", "Two"]) {
      await page.fill("[name=text]", text);
      await page.click("text=Send");
      await page.locator("#msg", { hasText: "Thank you" }).waitFor();
      assert.equal(await page.inputValue("[name=text]"), "Grüße & so");
    }
    assert.deepEqual(
      site.received.map(({ body }) => body.text),
      ["One", "Two"],
    );
  });

  it("hands the parsed answer to the function it names", async () => {
    const page = await open("/callback");
    await page.click("text=Send");
    await message();
    assert.deepEqual(await page.evaluate("last"), { message: "Thank you for your message" });
  });

  it("sends chosen files as multipart, and none as urlencoded", async () => {
    const page = await open("/files");
    await page.click("text=Send");
    assert.equal(await message(), "no file");
    await page.setInputFiles("[type=file]", {
      name: "a.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("twelve bytes"),
    });
    await page.click("text=Send");
    await page.locator("#msg", { hasText: "a.txt" }).waitFor();
    assert.equal(await message(), "a.txt: 12 bytes");
    assert.equal(site.received[1]?.body.text, "Hello");
    assert.match(String(site.received[1]?.headers["content-type"]), /^multipart\/form-data; boundary=/);
  });
});
