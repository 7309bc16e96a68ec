import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { accountVisitor, newPerson } from "./account-visitor.ts";
import { auditPage } from "./audit-page.ts";
import { NO_CHROMIUM, useChromium } from "./chromium.ts";
import { useExample } from "./use-example.ts";

const WIDTHS_PIXELS = [320, 390, 1280];

describe("the pages of examples/accounts in Chromium", { skip: NO_CHROMIUM }, () => {
  const chromium = useChromium();
  const example = useExample("accounts");

  for (const colorScheme of ["light", "dark"] as const) {
    it(`can be read and used by anybody, on any screen, ${colorScheme}`, async () => {
      const person = await newPerson(example());
      const { page, open, send, logIn, complaints, leave } = await accountVisitor(chromium, example(), { colorScheme });
      const audit = async (state: string) => {
        for (const width of WIDTHS_PIXELS) {
          await page.setViewportSize({ width, height: 800 });
          assert.deepEqual(await auditPage(page), [], `${state}, ${width} pixels`);
        }
      };
      for (const path of ["/login", "/login?registered=yes", "/register", "/nowhere"]) {
        await open(path);
        await audit(path);
      }
      await open("/login");
      await send("Log in", { Email: person.email, Password: "not this one" });
      await audit("a refused login");
      await logIn(person);
      await audit("/dashboard");
      await open("/account/settings");
      await audit("/account/settings");
      await send("Change password", { "Current password": "not this one", "New password": "short" });
      await audit("a refused password");
      assert.deepEqual(await complaints(404, 401, 400), []);
      await leave();
    });
  }

  it("lead to the field that is wrong, with what is wrong, also without JavaScript", async () => {
    const { page, open, send, leave } = await accountVisitor(chromium, example(), { javaScriptEnabled: false });
    await open("/register");
    await send("Create account", { Name: "Zoë", Email: "zoe@example.com", Password: "short" });
    const field = page.getByLabel("Password").and(page.locator(":focus"));
    await field.waitFor();
    assert.equal(await field.getAttribute("aria-invalid"), "true");
    const noteId = await field.getAttribute("aria-describedby");
    assert.equal(await page.locator(`#${noteId}`).innerText(), "Password must be at least 8 characters");
    assert.match(await page.title(), /^Error: /);
    await leave();
  });
});
