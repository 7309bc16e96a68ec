import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { NO_CHROMIUM, useChromium } from "./chromium.ts";
import { attack, FORMS_AND_FETCHES, type OtherOrigin, startOtherOrigin, WAYS, writesOf } from "./other-origin.ts";
import { MINUTE_SECONDS, useExample } from "./use-example.ts";

describe("a page of another origin, at examples/contact-form in Chromium", { skip: NO_CHROMIUM }, () => {
  const chromium = useChromium();
  const example = useExample("contact-form");
  let other: OtherOrigin;
  before(async () => {
    other = await startOtherOrigin();
  });
  after(() => other.stop());

  it("sends no message for a visitor, in whatever way", async () => {
    const { origin, project } = example();
    const { formTokens } = await project.client.page("/contact");
    const { page, leave } = await chromium.visitor();
    await page.goto(`${origin}/contact`);
    assert.deepEqual(writesOf(project.client.app), [{ method: "POST", path: "/api/contact" }]);
    const fields = { name: "Mallory", email: "mallory@example.com", message: "Buy", formToken: formTokens[0] ?? "" };
    for (const from of other.origins) {
      project.logged.length = 0;
      for (const way of WAYS) {
        project.clock.advance(MINUTE_SECONDS); // so that the limit is not what refuses it
        await attack(page, way, { method: "POST", path: "/api/contact", from, target: origin, fields });
        assert.deepEqual(await project.query("SELECT * FROM contact_messages"), [], `${way} from ${from}`);
      }
      const refused = project.logged.filter((line) => line.includes("CROSS_SITE"));
      assert.equal(refused.length, FORMS_AND_FETCHES, from);
    }
    await leave();
  });
});
