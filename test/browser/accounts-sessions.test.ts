import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { accountVisitor, newPerson, pathOf } from "./account-visitor.ts";
import { NO_CHROMIUM, useChromium } from "./chromium.ts";
import { says } from "./send-form.ts";
import { MINUTE_SECONDS, startExample, useExample } from "./use-example.ts";

const IDLE_SECONDS = 60 * MINUTE_SECONDS;
const NEW_PASSWORD = "evenMoreSecure456";

for (const javaScriptEnabled of [true, false]) {
  const name = `examples/accounts in Chromium ${javaScriptEnabled ? "with" : "without"} JavaScript, at the end of sessions`;
  describe(name, { skip: NO_CHROMIUM }, () => {
    const chromium = useChromium();
    const example = useExample("accounts");
    const visitor = () => accountVisitor(chromium, example(), { javaScriptEnabled });
    beforeEach(() => example().project.clock.advance(MINUTE_SECONDS));

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

describe("a form that stays on the page, of examples/accounts in Chromium", { skip: NO_CHROMIUM }, () => {
  const chromium = useChromium();

  it("asks for the login when the session is over, and keeps what was typed", async () => {
    const example = await startExample("accounts");
    const person = await newPerson(example);
    const { page, open, send, logIn, complaints, leave } = await accountVisitor(chromium, example);
    await logIn(person);
    await open("/account/settings");
    example.project.clock.advance(IDLE_SECONDS);
    assert.equal(await send("Save profile", { Name: "Changed" }), 401);
    await says(page, "Please log in and try again.");
    assert.equal(await page.getByLabel("Name").inputValue(), "Changed");
    assert.deepEqual(await complaints(401), []);
    await leave();
    await example.stop();
  });

  it("says that the server is down, and keeps what was typed", async () => {
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
