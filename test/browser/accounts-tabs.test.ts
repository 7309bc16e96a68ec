import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { accountVisitor, newPerson, pathOf } from "./account-visitor.ts";
import { NO_CHROMIUM, useChromium } from "./chromium.ts";
import { says } from "./send-form.ts";
import { MINUTE_SECONDS, useExample } from "./use-example.ts";

const NEW_PASSWORD = "evenMoreSecure456";

for (const javaScriptEnabled of [true, false]) {
  const name = `examples/accounts in Chromium ${javaScriptEnabled ? "with" : "without"} JavaScript, in tabs`;
  describe(name, { skip: NO_CHROMIUM }, () => {
    const chromium = useChromium();
    const example = useExample("accounts");
    const visitor = () => accountVisitor(chromium, example(), { javaScriptEnabled });
    beforeEach(() => example().project.clock.advance(MINUTE_SECONDS));

    it("saves a form as often as it is sent", async () => {
      const person = await newPerson(example());
      const { page, open, send, logIn, complaints, leave } = await visitor();
      await logIn(person);
      await open("/account/settings");
      for (const name of ["First", "Second", "Third"]) {
        assert.equal(await send("Save profile", { Name: name }), javaScriptEnabled ? 200 : 303);
        await says(page, "Profile updated");
      }
      await open("/dashboard");
      await page.getByRole("heading", { level: 1, name: "Hello, Third" }).waitFor();
      assert.deepEqual(await complaints(), []);
      await leave();
    });

    it("asks for the login in a tab that another tab has logged out, and changes nothing for it", async () => {
      const person = await newPerson(example());
      const { page, open, openTab, send, logIn, complaints, leave } = await visitor();
      await logIn(person);
      await open("/account/settings");
      const other = await openTab();
      await other.goto("/dashboard");
      await other.getByRole("button", { name: "Log out" }).click();
      await other.waitForURL("**/login");
      const change = { "Current password": person.password, "New password": NEW_PASSWORD };
      assert.equal(await send("Change password", change), 303);
      assert.equal(pathOf(page), "/login");
      await logIn(person); // with the old password
      assert.deepEqual(await complaints(), []);
      await leave();
    });

    it("tells a login page that is older than the login of another tab to begin anew", async () => {
      const person = await newPerson(example());
      const { page, open, openTab, send, complaints, leave } = await visitor();
      await open("/login");
      const other = await openTab();
      await other.goto("/login");
      await other.getByLabel("Email").fill(person.email);
      await other.getByLabel("Password").fill(person.password);
      await other.keyboard.press("Enter");
      await other.waitForURL("**/dashboard");
      assert.equal(await send("Log in", { Email: person.email, Password: person.password }), 403);
      await page.getByText("Invalid form token. Please refresh and try again.").waitFor();
      await open("/login");
      assert.equal(pathOf(page), "/dashboard");
      assert.deepEqual(await complaints(403), []);
      await leave();
    });

    it("shows nothing of the account to who goes back after the logout", async () => {
      const person = await newPerson(example());
      const { page, open, send, logIn, complaints, leave } = await visitor();
      await logIn(person);
      await open("/account/settings");
      await send("Log out");
      assert.equal(pathOf(page), "/login");
      await page.goBack();
      await page.waitForURL(/\/login\?redirect=%2Faccount%2Fsettings$/);
      assert.equal((await page.content()).includes(person.email), false);
      assert.deepEqual(await complaints(), []);
      await leave();
    });

    it("takes a form again from who goes back after sending it", async () => {
      const person = await newPerson(example());
      const { page, open, send, logIn, complaints, leave } = await visitor();
      await logIn(person);
      await open("/account/settings");
      for (const name of ["Before", "After"]) {
        await send("Save profile", { Name: name });
        await says(page, "Profile updated");
        await page.getByRole("link", { name: "Dashboard" }).click();
        await page.getByRole("heading", { level: 1, name: `Hello, ${name}` }).waitFor();
        await page.goBack();
        await page.waitForURL("**/account/settings");
      }
      assert.deepEqual(await complaints(), []);
      await leave();
    });
  });
}
