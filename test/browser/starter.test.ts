import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { auditPage } from "./audit-page.ts";
import { NO_CHROMIUM, useChromium } from "./chromium.ts";
import { sendForm } from "./send-form.ts";
import { useProject } from "./use-example.ts";

const WIDTHS = [390, 1280];

describe("the page that tina4 init writes, in Chromium", { skip: NO_CHROMIUM }, () => {
  const chromium = useChromium();
  const starter = useProject(new URL("../../starter/", import.meta.url));

  async function visitor(colorScheme: "light" | "dark" = "light") {
    const somebody = await chromium.visitor({ baseURL: starter().origin, colorScheme });
    await somebody.page.goto("/");
    return { ...somebody, send: sendForm(somebody.page, true) };
  }

  it("shows what was signed, as text, and asks again for what is missing", async () => {
    const { page, send, complaints, leave } = await visitor();
    await send("Sign", { Name: "Ada", Message: "<b>Hello</b>" });
    await page.getByText("<b>Hello</b>", { exact: true }).waitFor();
    assert.equal(await send("Sign", { Name: "Grace", Message: " " }), 400);
    await page.getByRole("alert").filter({ hasText: "Please write a name" }).waitFor();
    assert.equal(await page.getByLabel("Name").inputValue(), "Grace");
    assert.equal(await page.getByLabel("Message").evaluate((field) => field.matches(":focus")), true);
    assert.deepEqual(await complaints(400), []);
    await leave();
  });

  for (const colorScheme of ["light", "dark"] as const) {
    it(`can be read and used on a phone and on a desktop, ${colorScheme}`, async () => {
      const { page, send, complaints, leave } = await visitor(colorScheme);
      await send("Sign", { Name: "Ada", Message: "A long message. ".repeat(20) });
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        assert.deepEqual(await auditPage(page), [], `${width} pixels`);
      }
      assert.deepEqual(await complaints(), []);
      await leave();
    });
  }
});
