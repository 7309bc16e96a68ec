import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Application } from "../../src/app/application.ts";
import { newApp } from "../app/test-app.ts";
import { NO_CHROMIUM, useChromium } from "./chromium.ts";

const NARROW = { width: 390, height: 844 };
const WIDE = { width: 1280, height: 900 };

describe("the debug pages in a browser", { skip: NO_CHROMIUM }, () => {
  const chromium = useChromium();
  let app: Application;
  let origin: string;

  before(async () => {
    ({ app } = newApp({ TINA4_DEBUG: true }));
    app.post(`/a/${"long/".repeat(20)}path`, () => ({})).noAuth();
    app.get("/boom", () => {
      throw new Error(`<img src=x onerror=alert(1)> ${"unbreakable".repeat(50)}`, { cause: new Error("the reason") });
    });
    const { url } = await app.listen({ port: 0, host: "127.0.0.1" });
    origin = url;
  });
  after(() => app.close());

  for (const viewport of [NARROW, WIDE]) {
    for (const path of ["/__tina4", "/boom"]) {
      it(`keep to their own policy and to ${viewport.width} pixels: ${path}`, async () => {
        const { page, complaints, leave } = await chromium.visitor({ viewport });
        await page.goto(`${origin}${path}`);
        const [width, isStyled] = (await page.evaluate(
          "[document.documentElement.scrollWidth, getComputedStyle(document.querySelector('main')).maxWidth !== 'none']",
        )) as [number, boolean];
        assert.deepEqual([width <= viewport.width, isStyled], [true, true]);
        assert.deepEqual(await complaints(500), []);
        await leave();
      });
    }
  }

  it("are searched without a script, and by keyboard", async () => {
    const { page, complaints, leave } = await chromium.visitor();
    await page.goto(`${origin}/__tina4`);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate("document.activeElement.textContent"), "To the content");
    await page.getByLabel("Show what holds").fill("TINA4_CSRF");
    await page.keyboard.press("Enter");
    await page.waitForURL(/find=TINA4_CSRF/);
    assert.equal(await page.getByRole("row").filter({ hasText: "TINA4_CSRF_SINGLE_USE" }).count(), 1);
    assert.equal(await page.getByRole("row").filter({ hasText: "/boom" }).count(), 0);
    assert.deepEqual(await complaints(), []);
    await leave();
  });
});
