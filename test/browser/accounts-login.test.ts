import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { ALICE } from "../examples/account-verbs.ts";
import { accountVisitor, newPerson, pathOf } from "./account-visitor.ts";
import { NO_CHROMIUM, useChromium } from "./chromium.ts";
import { says } from "./send-form.ts";
import { MINUTE_SECONDS, useExample } from "./use-example.ts";

const SETTINGS = "/account/settings?from=mail&x=%26";
const MAX_TABS = 12;

for (const javaScriptEnabled of [true, false]) {
  const name = `examples/accounts in Chromium ${javaScriptEnabled ? "with" : "without"} JavaScript, at the door`;
  describe(name, { skip: NO_CHROMIUM }, () => {
    const chromium = useChromium();
    const example = useExample("accounts");
    const visitor = () => accountVisitor(chromium, example(), { javaScriptEnabled });
    beforeEach(() => example().project.clock.advance(MINUTE_SECONDS));

    it("leads a stranger by a new account and the login to the page that they first asked for", async () => {
      const { page, open, send, complaints, leave } = await visitor();
      await open(SETTINGS);
      assert.equal(pathOf(page), `/login?redirect=${encodeURIComponent(SETTINGS)}`);
      await page.getByRole("link", { name: "Create an account" }).click();
      await page.waitForURL("**/register*");
      const zoe = { Email: "zoe@example.com", Password: ALICE.password };
      await send("Create account", { Name: "Zoë <b>", ...zoe });
      await says(page, "Registration successful. Please log in.");
      await send("Log in", zoe);
      await page.waitForURL("**/account/settings*");
      assert.equal(pathOf(page), SETTINGS);
      await page.getByRole("link", { name: "Dashboard" }).click();
      await page.getByRole("heading", { level: 1, name: "Hello, Zoë <b>" }).waitFor();
      assert.deepEqual(await complaints(), []);
      await leave();
    });

    it("says what is wrong with a registration, and takes the corrected one", async () => {
      const taken = await newPerson(example());
      const { page, open, send, complaints, leave } = await visitor();
      await open("/register");
      const fields = { Name: "Yann", Email: taken.email, Password: "short" };
      assert.equal(await send("Create account", fields), 400);
      await page.getByText("Password must be at least 8 characters").waitFor();
      assert.equal(await page.getByLabel("Email").inputValue(), taken.email);
      assert.equal(await send("Create account", { ...fields, Password: taken.password }), 409);
      await page.getByText("Email already registered").waitFor();
      await send("Create account", { ...fields, Email: "yann@example.com", Password: taken.password });
      await says(page, "Registration successful. Please log in.");
      assert.deepEqual(await complaints(400, 409), []);
      await leave();
    });

    it("says that a password is wrong, keeps the address, and lets in with the right one", async () => {
      const { email, password } = await newPerson(example());
      const { page, open, send, complaints, leave } = await visitor();
      await open("/login");
      assert.equal(await send("Log in", { Email: email, Password: "not this one" }), 401);
      await page.getByText("Invalid email or password").waitFor();
      assert.equal(await page.getByLabel("Email").inputValue(), email);
      await send("Log in", { Password: password });
      await page.waitForURL("**/dashboard");
      assert.deepEqual(await complaints(401), []);
      await leave();
    });

    it("asks who guesses for patience, and lets the owner in a minute later", async () => {
      const person = await newPerson(example());
      const { page, open, send, logIn, complaints, leave } = await visitor();
      await open("/login");
      for (let guess = 1; guess <= 5; guess++) {
        assert.equal(await send("Log in", { Email: person.email, Password: `guess ${guess}` }), 401);
        await page.getByText("Invalid email or password").waitFor();
      }
      assert.equal(await send("Log in", { Password: person.password }), 429);
      await page.getByText("Rate limit exceeded. Try again in 60 seconds.").waitFor();
      example().project.clock.advance(MINUTE_SECONDS);
      await logIn(person);
      assert.deepEqual(await complaints(401, 429), []);
      await leave();
    });

    it("can be entered and left with the keyboard alone", async () => {
      const person = await newPerson(example());
      const { page, open, complaints, leave } = await visitor();
      await open("/login");
      await tabTo(page, "Email");
      await page.keyboard.type(person.email);
      await tabTo(page, "Password");
      await page.keyboard.type(person.password);
      await page.keyboard.press("Enter");
      await page.waitForURL("**/dashboard");
      await tabTo(page, "Log out");
      await page.keyboard.press("Space");
      await page.waitForURL("**/login");
      assert.deepEqual(await complaints(), []);
      await leave();
    });
  });
}

/** Presses Tab until the focus is where the name says, and sees that it shows. */
async function tabTo(page: Page, name: string): Promise<void> {
  const target = page.getByLabel(name, { exact: true }).or(page.getByRole("button", { name, exact: true }));
  const focused = target.and(page.locator(":focus-visible"));
  for (let tabs = 0; tabs < MAX_TABS && (await focused.count()) === 0; tabs++) await page.keyboard.press("Tab");
  assert.equal(await focused.count(), 1, `Tab does not reach ${name}`);
  assert.equal(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle"), "solid", name);
}
