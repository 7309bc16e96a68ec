import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { NO_CHROMIUM, useChromium } from "./chromium.ts";
import { says, sendForm } from "./send-form.ts";
import { MINUTE_SECONDS, useExample } from "./use-example.ts";

const JANE = { Name: "Jane <b>Smith</b>", Email: "jane@example.com", Message: 'Good day,\n"how" are you?' };
const BUTTON = "Send Message";
const THANKS = "Thank you for your message";

for (const javaScriptEnabled of [true, false]) {
  const name = `examples/contact-form in Chromium ${javaScriptEnabled ? "with" : "without"} JavaScript`;
  describe(name, { skip: NO_CHROMIUM }, () => {
    const chromium = useChromium();
    const example = useExample("contact-form");
    const messages = () => example().project.query("SELECT name, email, message FROM contact_messages ORDER BY id");
    beforeEach(() => example().project.clock.advance(MINUTE_SECONDS));

    async function visitor() {
      const somebody = await chromium.visitor({ baseURL: example().origin, javaScriptEnabled });
      await somebody.page.goto("/contact");
      return { ...somebody, send: sendForm(somebody.page, javaScriptEnabled) };
    }

    it("keeps the message, once, and says thank you", async () => {
      const before = (await messages()).length;
      const { page, send, complaints, leave } = await visitor();
      await send(BUTTON, JANE);
      await page.getByText(THANKS, { exact: true }).waitFor();
      const kept = { ...(await messages()).at(-1) };
      const { Name: name, Email: email, Message: message } = JANE;
      assert.deepEqual({ ...kept, message: String(kept.message).replaceAll("\r\n", "\n") }, { name, email, message });
      await page.reload();
      assert.equal((await messages()).length, before + 1);
      assert.deepEqual(await complaints(), []);
      await leave();
    });

    it("says that a field is empty, keeps the others, and takes the form when it is full", async () => {
      const before = (await messages()).length;
      const { page, send, complaints, leave } = await visitor();
      assert.equal(await send(BUTTON, { ...JANE, Message: " " }), 400);
      await says(page, "All fields are required");
      assert.equal(await page.getByLabel("Name").inputValue(), JANE.Name);
      assert.equal((await messages()).length, before);
      await send(BUTTON, { Message: "Good day" });
      await page.getByText(THANKS, { exact: true }).waitFor();
      assert.equal((await messages()).length, before + 1);
      assert.deepEqual(await complaints(400), []);
      await leave();
    });

    it("takes three messages a minute from one address", async () => {
      const before = (await messages()).length;
      const { page, send, complaints, leave } = await visitor();
      for (const Message of ["First", "Second", "Third"]) {
        await page.goto("/contact");
        await send(BUTTON, { ...JANE, Message });
        await page.getByText(THANKS, { exact: true }).waitFor();
      }
      await page.goto("/contact");
      assert.equal(await send(BUTTON, { ...JANE, Message: "Fourth" }), 429);
      await page.getByText("Rate limit exceeded. Try again in 60 seconds.").waitFor();
      assert.equal((await messages()).length, before + 3);
      example().project.clock.advance(MINUTE_SECONDS);
      await page.goto("/contact");
      await send(BUTTON, JANE);
      await page.getByText(THANKS, { exact: true }).waitFor();
      assert.deepEqual(await complaints(429), []);
      await leave();
    });
  });
}

describe("examples/contact-form in Chromium", { skip: NO_CHROMIUM }, () => {
  const chromium = useChromium();
  const example = useExample("contact-form");

  it("takes one message after the other from a page that stays open", async () => {
    const { page, complaints, leave } = await chromium.visitor({ baseURL: example().origin });
    await page.goto("/contact");
    const send = sendForm(page, true);
    for (const Message of ["First", "Second"]) {
      assert.equal(await send(BUTTON, { ...JANE, Message }), 200);
      await says(page, THANKS);
      assert.equal(await page.getByLabel("Message").inputValue(), "");
    }
    assert.deepEqual(await complaints(), []);
    await leave();
  });
});
