import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import type { TestClient } from "../../src/testing/test-client.ts";
import { temporaryFolder } from "../files/temporary-folder.ts";
import { Site } from "./site.ts";

const SCRIPT = "<script>alert(1)</script>";

describe("attacks on pages", () => {
  const root = temporaryFolder({
    "secret.twig": "secret",
    "src/templates/page.twig": "<p>{{ text }}</p>",
    "src/templates/include.twig": "<div>{% include name %}</div>",
    "src/templates/part.twig": "<p>part</p>",
    "src/templates/form.twig": `<form>{{ form_token() }}</form>`,
    "src/templates/attribute.twig": `<input value="{{ form_token() }}">`,
    "src/templates/script.twig": `<script nonce="{{ csp_nonce() }}">const field = {{ form_token() }};</script>`,
    "src/templates/errors/404.twig": "<h1>{{ status }} {{ message }}</h1>",
  });
  symlinkSync(join(root, "secret.twig"), join(root, "src/templates/link.twig"));
  let site: Site;
  let browser: TestClient;

  before(async () => {
    site = await Site.open(
      {},
      {
        root,
        addRoutes: ({ app }) => {
          for (const name of ["page", "include", "form", "attribute", "script"]) {
            app.get(`/${name}-of`, ({ query }) => ({ ...query, secret: "s3cret" })).template(`${name}.twig`);
          }
          app.get("/render", ({ query }, response) => response.render(String(query.name), {}));
        },
      },
    );
    browser = await site.browser();
  });

  after(() => browser.close());
  beforeEach(() => {
    site.log.lines.length = 0;
  });

  const alive = async (): Promise<void> => assert.equal((await browser.get("/open")).status, 200);

  it("X10: a template is named from inside its folder and from nowhere else", async () => {
    assert.match(await (await browser.get("/include-of?name=part.twig")).text(), /<p>part<\/p>/);
    const names = [
      ...["../secret.twig", "../../secret.twig", "x/../../../secret.twig", "/etc/passwd", join(root, "secret.twig")],
      ...["link.twig", "part.twig\0", "\0", "file:///etc/passwd", "https://evil.example/a.twig", "..\\secret.twig"],
      ...["", ".", "..", "./part.twig", "//part.twig", "C:part.twig", "part.twig/", "errors"],
    ];
    for (const name of names) {
      for (const path of [`/include-of?name=${encodeURIComponent(name)}`, `/render?name=${encodeURIComponent(name)}`]) {
        site.log.lines.length = 0;
        const answer = await browser.get(path);
        const text = await answer.text();
        assert.deepEqual([answer.status, text], [500, '{"error":"Internal server error"}'], path);
        assert.match(site.log.lines.join(), /TEMPLATE_/, path);
      }
    }
    await alive();
  });

  it("X12: form_token() is one field, without a nonce, data of the page or anything that an attribute could end at", async () => {
    const field = /^<form><input type="hidden" name="formToken" value="[\w-]+\.[\w-]+\.[\w-]+"><\/form>$/;
    const { text } = await browser.page("/form-of?text=<b>&q=%22");
    assert.match(text, field);
    const [, payload = ""] = /value="[\w-]+\.([\w-]+)/.exec(text) ?? [];
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as object;
    assert.deepEqual(Object.keys(claims).sort(), ["bound", "exp", "iat", "jti"]);
  });

  it("X12: form_token() breaks out of no attribute and no script", async () => {
    const attribute = (await browser.page("/attribute-of")).text;
    assert.match(attribute, /^<input value="[^"<>]*">$/);
    const script = (await browser.page("/script-of")).text;
    const code = /^<script nonce="[\w-]{22}">const field = ([^<]*);<\/script>$/.exec(script)?.[1] ?? "";
    assert.match(JSON.parse(code) as string, /^<input type="hidden" name="formToken" value="[\w.-]+">$/);
  });

  it("X15: a callback makes no script of an answer", async () => {
    for (const path of ["/open?callback=alert", "/open?jsonp=alert", "/page-of?callback=alert&text=a"]) {
      const answer = await browser.get(path);
      assert.match(answer.headers.get("Content-Type") ?? "", /^(?:application\/json|text\/html); charset=utf-8$/);
      assert.equal(answer.headers.get("X-Content-Type-Options"), "nosniff");
      assert.doesNotMatch(await answer.text(), /alert/);
    }
  });

  it("H16: a page that does not exist is not told its path, by the project's page or the built-in one", async () => {
    for (const path of [`/${SCRIPT}`, `/${encodeURIComponent(SCRIPT).replaceAll("%2F", "/")}`, `/x?${SCRIPT}`]) {
      const { status, text } = await browser.page(path);
      assert.deepEqual([status, text], [404, "<h1>404 Not found</h1>"], path);
    }
    const { text } = await browser.page(`/page-of?text=${encodeURIComponent(SCRIPT)}`);
    assert.equal(text, "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>");
  });
});
