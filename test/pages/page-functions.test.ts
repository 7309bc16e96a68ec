import assert from "node:assert/strict";
import { after, before, beforeEach, it } from "node:test";
import { sha256 } from "../../src/crypto/sha256.ts";
import type { TestClient } from "../../src/testing/test-client.ts";
import { describeOverBothTransports } from "../app/both-transports.ts";
import { type LogMemory, newApp } from "../app/test-app.ts";
import { temporaryFolder } from "../files/temporary-folder.ts";
import { CONTACT, DASHBOARD, LAYOUT, STYLE } from "./site-files.ts";

const BROWSER = { Accept: "text/html" };
const FIELD = /<input type="hidden" name="formToken" value="([\w-]+\.[\w-]+\.[\w-]+)">/;
const ORDERS = [
  { id: 7, title: "<Red> shoes" },
  { id: 8, title: "Hat" },
];

describeOverBothTransports("what pages can call", (open) => {
  const root = temporaryFolder({
    "src/public/css/app.css": STYLE,
    "src/public/a b.txt": "text",
    "src/templates/base.twig": LAYOUT,
    "src/templates/contact.twig": CONTACT,
    "src/templates/dashboard.twig": DASHBOARD,
    "src/templates/plain.twig": "<p>plain</p>",
    "src/templates/url.twig": "{{ url(name, params) }}",
    "src/templates/asset.twig": "{{ asset(path) }}",
    "src/templates/token.twig": `{{ form_token() }}|<i title="{{ form_token() }}"></i>`,
  });
  let client: TestClient;
  let log: LogMemory;

  before(async () => {
    const { app, log: memory } = newApp({ TINA4_SESSION_BACKEND: "memory", TINA4_RATE_LIMIT: 0 }, { root });
    log = memory;
    app
      .get("/", () => ({ title: "Home" }))
      .name("home")
      .template("base.twig");
    app.get("/orders/{id:int}", ({ params }) => params).name("order");
    app.get("/plain", (_request, response) => response.render("plain.twig"));
    app.get("/contact", () => ({ title: "Contact Us" })).template("contact.twig");
    app
      .post("/api/contact", () => ({ success: true }))
      .noAuth()
      .csrf();
    app.get("/dashboard", (_request, response) =>
      response.render("dashboard.twig", {
        email: "a&b@example.com",
        role: "admin",
        title: "</script>",
        orders: ORDERS,
      }),
    );
    app.post("/url", (request, response) => response.render("url.twig", request.body as object)).noAuth();
    app.post("/asset", (request, response) => response.render("asset.twig", request.body as object)).noAuth();
    app.get("/token", (_request, response) => response.render("token.twig"));
    client = await open(app);
  });

  after(() => client.close());
  beforeEach(() => {
    log.lines.length = 0;
  });

  const failure = async (path: string, json: object): Promise<string> => {
    log.lines.length = 0;
    assert.equal((await client.post(path, { json })).status, 500);
    const [entry] = log.entries;
    return (entry?.error as Error | undefined)?.message ?? "";
  };

  it("prints a form token that is taken once, on a page that nobody keeps", async () => {
    const page = await client.page("/contact");
    assert.equal(page.status, 200);
    assert.match(page.text, FIELD);
    assert.match(page.text, /<h2>Contact Us<\/h2>/);
    assert.match(page.text, /<title>Contact Us<\/title>/);
    assert.equal(page.headers.get("Cache-Control"), "no-store");
    const [formToken = ""] = page.formTokens;
    assert.equal((await client.post("/api/contact", { form: { name: "Ann", formToken } })).status, 200);
    assert.equal((await client.post("/api/contact", { form: { name: "Ann", formToken } })).status, 403);
  });

  it("prints another token for each call", async () => {
    const { text, formTokens } = await client.page("/token");
    assert.equal(formTokens.length, 1);
    assert.equal(new Set(text.match(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g)).size, 2);
  });

  it("prints the nonce that the policy of this response admits, and another one the next time", async () => {
    const nonces = new Set<string>();
    for (let time = 0; time < 2; time += 1) {
      const { text, headers } = await client.page("/dashboard");
      const nonce = /<script nonce="([\w-]{22})">/.exec(text)?.[1] ?? "none";
      const policy = headers.get("Content-Security-Policy") ?? "";
      for (const directive of ["script-src", "style-src"]) {
        assert.match(policy, new RegExp(`(?:^|; )${directive} 'self' 'nonce-${nonce}'(?:;|$)`), directive);
      }
      assert.equal(headers.get("Cache-Control"), "no-store");
      nonces.add(nonce);
    }
    assert.equal(nonces.size, 2);
  });

  it("leaves a page alone that calls nothing", async () => {
    const { text, headers } = await client.page("/plain");
    assert.equal(text, "<p>plain</p>");
    assert.deepEqual([headers.get("Cache-Control"), headers.getSetCookie()], [null, []]);
    assert.doesNotMatch(headers.get("Content-Security-Policy") ?? "nonce", /nonce/);
  });

  it("prints the paths of named routes", async () => {
    const { text } = await client.page("/dashboard");
    assert.ok(text.includes('<a href="/orders/7?tab=items">&lt;Red&gt; shoes</a>'), text);
    assert.ok(text.includes('<a href="/">Home</a>'), text);
    assert.deepEqual(await (await client.get("/orders/7?tab=items")).json(), { id: 7 });
  });

  it("refuses a name that no route has, and values that it would not take", async () => {
    assert.match(await failure("/url", { name: "oder" }), /no route has the name "oder"\. Did you mean "order"\?/);
    assert.match(await failure("/url", { name: "order", params: { id: "7/../8" } }), /"7\/\.\.\/8" is no \{id:int\}/);
    assert.match(await failure("/url", { name: "order", params: [7] }), /takes its parameters by name/);
  });

  it("prints the path of a public file with what it holds, which the file is then kept under for ever", async () => {
    const { text } = await client.page("/dashboard");
    const version = sha256(STYLE, "hex").slice(0, 12);
    assert.ok(text.includes(`<link rel="stylesheet" href="/css/app.css?v=${version}">`), text);
    const file = await client.get(`/css/app.css?v=${version}`);
    assert.equal(file.headers.get("Cache-Control"), "public, max-age=31536000, immutable");
    const other = await client.post("/asset", { json: { path: "a b.txt" } });
    assert.match(await other.text(), /^\/a%20b\.txt\?v=[0-9a-f]{12}$/);
  });

  it("refuses an asset that is not there, or not for everybody", async () => {
    for (const path of [
      "/css/none.css",
      "/.env",
      "../templates/base.twig",
      "/css/../css/app.css",
      "//css/app.css",
      "/css/app.css/",
      "",
      7,
    ]) {
      assert.match(await failure("/asset", { path }), /asset\(\): src\/public has no file/, String(path));
    }
  });

  it("answers HEAD with the headers of the page", async () => {
    const answer = await client.request("HEAD", "/contact", { headers: BROWSER });
    assert.deepEqual([answer.status, await answer.text()], [200, ""]);
    assert.equal(answer.headers.get("Cache-Control"), "no-store");
    assert.ok(Number(answer.headers.get("Content-Length")) > 500);
  });
});
