import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { PROJECT_ROOT } from "../structure/project-files.ts";
import { NO_CHROMIUM, useChromium } from "./chromium.ts";
import { type FrondSite, openFrondSite, tokenField } from "./frond-site.ts";

const MAX_GZIPPED_BYTES = 4000;
const BUILT = `${PROJECT_ROOT}dist/browser/frond.min.js`;
const built = existsSync(BUILT);

describe("the browser script", { skip: !built && "dist/ is not there: npm run build makes it" }, () => {
  const text = built ? readFileSync(BUILT, "utf8") : "";

  it(`has at most ${MAX_GZIPPED_BYTES} bytes, gzipped`, () => {
    const { length } = gzipSync(text, { level: 9 });
    assert.ok(length > 1000 && length <= MAX_GZIPPED_BYTES, `${length} bytes`);
  });

  it("needs nothing that the default policy forbids, and loads nothing", () => {
    assert.doesNotMatch(text, /\beval\b|\bFunction\(|innerHTML|outerHTML|insertAdjacentHTML|document\.write|import\b/);
  });

  it("is a module for bundlers, with types", async () => {
    assert.match(import.meta.resolve("tina4-ts/browser"), /\/dist\/browser\/frond\.js$/);
    const types = readFileSync(`${PROJECT_ROOT}dist/browser/frond.d.ts`, "utf8");
    for (const name of ["saveForm", "frond"]) assert.match(types, new RegExp(`export declare const ${name}:`));
  });
});

describe("saveForm", { skip: NO_CHROMIUM }, () => {
  const chromium = useChromium();
  let site: FrondSite;

  before(async () => {
    site = await openFrondSite({
      script: "let last; function remember(result) { last = result; }",
      pages: {
        "/contact": (request) => `<form id="contact">${tokenField(request)}<button type="button">Send</button></form>
          <p id="msg"></p>`,
      },
      addRoutes: (app) =>
        app
          .post("/api/contact", () => ({ message: "Thank you" }))
          .noAuth()
          .csrf(),
    });
  });
  after(() => site.close());

  it("takes the form or its id, the place or its id, and a function, and tells what became of it", async () => {
    const { page, complaints, leave } = await chromium.visitor();
    await page.goto(`${site.origin}/contact`);
    const result = { message: "Thank you" };
    for (const call of [
      "saveForm('contact', '/api/contact', 'msg', remember)",
      "frond.saveForm(document.forms[0], new URL('/api/contact', location), msg, (result) => { last = result; })",
    ]) {
      const answer = await page.evaluate(call);
      assert.deepEqual(answer, {
        ok: true,
        status: 200,
        result,
        needsLogin: false,
        retryAfterSeconds: null,
        isOwn: true,
      });
      assert.deepEqual(await page.evaluate("last"), result);
      assert.equal(await page.textContent("#msg"), result.message);
      await page.evaluate("last = msg.textContent = ''");
    }
    assert.deepEqual(await complaints(), []);
    await leave();
  });

  it("works from a module too, as bundlers load it", async () => {
    const { page, complaints, leave } = await chromium.visitor();
    await page.goto(`${site.origin}/contact`);
    const answer = "import('/modules/frond.js').then(({ saveForm }) => saveForm('contact', '/api/contact', 'msg'))";
    assert.equal(((await page.evaluate(answer)) as { ok: boolean }).ok, true);
    assert.deepEqual(await complaints(), []);
    await leave();
  });

  it("refuses an id that no form has", async () => {
    const { page, leave } = await chromium.visitor();
    await page.goto(`${site.origin}/contact`);
    for (const id of ["nothing", "msg"]) {
      await assert.rejects(page.evaluate(`saveForm("${id}", "/api/contact")`), {
        message: new RegExp(`no form.*"${id}"`),
      });
    }
    await leave();
  });
});
