import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { accountVisitor, newPerson, pathOf } from "./account-visitor.ts";
import { NO_CHROMIUM, useChromium } from "./chromium.ts";
import { says } from "./send-form.ts";
import { MINUTE_SECONDS, startExample, useExample } from "./use-example.ts";

const IDLE_SECONDS = 60 * MINUTE_SECONDS;
const NEW_PASSWORD = "evenMoreSecure456";

for (const javaScriptEnabled of [true, false]) {
  const name = `examples/accounts in Chromium ${javaScriptEnabled ? "with" : "without"} JavaScript, inside`;
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

    it("leads to the login when a session has run out, and from there back to the page", async () => {
      const person = await newPerson(example());
      const { page, open, send, logIn, complaints, leave } = await visitor();
      await logIn(person);
      await open("/account/settings");
      example().project.clock.advance(IDLE_SECONDS);
      const change = { "Current password": person.password, "New password": NEW_PASSWORD };
      assert.equal(await send("Change password", change), 303);
      assert.equal(pathOf(page), "/login");
      await open("/account/settings");
      assert.equal(pathOf(page), "/login?redirect=%2Faccount%2Fsettings");
      await send("Log in", { Email: person.email, Password: person.password }); // the old one
      await page.waitForURL("**/account/settings");
      assert.deepEqual(await complaints(), []);
      await leave();
    });

    it("logs out every browser of the account, and of no other", async () => {
      const [person, stranger] = [await newPerson(example()), await newPerson(example())];
      const [here, there, elsewhere] = [await visitor(), await visitor(), await visitor()];
      await Promise.all([here.logIn(person), there.logIn(person), elsewhere.logIn(stranger)]);
      await here.open("/account/settings");
      await here.send("Log out everywhere");
      assert.equal(pathOf(here.page), "/login");
      await there.open("/dashboard");
      assert.equal(pathOf(there.page), "/login?redirect=%2Fdashboard");
      await elsewhere.open("/dashboard");
      assert.equal(pathOf(elsewhere.page), "/dashboard");
      for (const { complaints, leave } of [here, there, elsewhere]) {
        assert.deepEqual(await complaints(), []);
        await leave();
      }
    });

    it("changes the password, stays logged in here and ends every other session", async () => {
      const person = await newPerson(example());
      const [here, there] = [await visitor(), await visitor()];
      await Promise.all([here.logIn(person), there.logIn(person)]);
      await here.open("/account/settings");
      const change = { "Current password": person.password, "New password": NEW_PASSWORD };
      assert.equal(await here.send("Change password", { ...change, "Current password": "not this one" }), 401);
      await here.page.getByText("Current password is incorrect").waitFor();
      assert.equal(await here.send("Change password", change), 303);
      await says(here.page, "Password changed successfully");
      await here.send("Save profile", { Name: "Still here" });
      await says(here.page, "Profile updated");
      await there.open("/dashboard");
      assert.equal(pathOf(there.page), "/login?redirect=%2Fdashboard");
      await there.logIn({ ...person, password: NEW_PASSWORD });
      for (const { complaints, leave } of [here, there]) {
        assert.deepEqual(await complaints(401), []);
        await leave();
      }
    });
  });
}

describe("examples/accounts in Chromium, when the server is down", { skip: NO_CHROMIUM }, () => {
  const chromium = useChromium();

  it("says so, and keeps what was typed", async () => {
    const example = await startExample("accounts");
    const { page, open, complaints, leave } = await accountVisitor(chromium, example);
    await open("/login");
    await example.stop();
    await page.getByLabel("Email").fill("alice@example.com");
    await page.getByLabel("Password").fill("securePass123");
    await page.keyboard.press("Enter");
    await says(page, "The server cannot be reached. Check your connection and try again.");
    assert.equal(await page.getByLabel("Email").inputValue(), "alice@example.com");
    assert.equal(await page.getByRole("button", { name: "Log in" }).isEnabled(), true);
    assert.deepEqual(await complaints("net::ERR_CONNECTION_REFUSED"), []);
    await leave();
  });
});
