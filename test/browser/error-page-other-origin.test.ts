import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Application } from "../../src/app/application.ts";
import { newApp } from "../app/test-app.ts";
import { temporaryFolder } from "../files/temporary-folder.ts";
import { NO_CHROMIUM, useChromium } from "./chromium.ts";
import { attack, type OtherOrigin, startOtherOrigin } from "./other-origin.ts";

describe("a page of another origin that is shown an error page with a form", { skip: NO_CHROMIUM }, () => {
  const root = temporaryFolder({ "src/templates/errors/4xx.twig": "<form>{{ form_token() }}</form>" });
  const chromium = useChromium();
  let app: Application;
  let origin: string;
  let other: OtherOrigin;

  before(async () => {
    ({ app } = newApp({ TINA4_SESSION_BACKEND: "memory" }, { root }));
    app.get("/login", async (request) => {
      await app.auth.login(request, { sub: 1 });
      return {};
    });
    app.get("/me", ({ user }) => ({ sub: user?.sub ?? null }));
    app.post("/write", () => ({})).noAuth();
    const { port } = await app.listen({ port: 0, host: "127.0.0.1" });
    origin = `http://127.0.0.1:${port}`;
    other = await startOtherOrigin();
  });
  after(async () => {
    other.stop();
    await app.close();
  });

  for (const path of ["/write", "/nowhere"]) {
    it(`logs nobody out by a write to ${path}, whose answer replaces no cookie`, async () => {
      const { page, leave } = await chromium.visitor();
      for (const from of other.origins) {
        await page.goto(`${origin}/login`);
        await attack(page, "a form", { method: "POST", path, from, target: origin, fields: {} });
        await page.goto(`${origin}/me`);
        assert.equal(await page.locator("body").innerText(), '{"sub":1}', from);
      }
      await leave();
    });
  }
});
