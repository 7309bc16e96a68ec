import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { accountBrowser, SESSION_COOKIE } from "./account-browser.ts";
import { accountVerbs } from "./account-verbs.ts";
import { openProject, type ProjectClient } from "./project-client.ts";

const ACCOUNTS = new URL("../../examples/accounts/", import.meta.url);
const MINUTE_SECONDS = 60;
const NEW_PASSWORD = "evenMoreSecure456";

for (const transport of ["in-process", "socket"] as const) {
  describe(`examples/accounts in a browser, ${transport}`, () => {
    let project: ProjectClient;

    before(async () => {
      project = await openProject(ACCOUNTS, { transport });
    });

    after(() => project.close());
    beforeEach(() => {
      project.client.cookies.clear();
      project.clock.advance(MINUTE_SECONDS);
    });

    const { send, newUser } = accountVerbs(() => project);
    const { page, submit, logIn, sessionId, isLoggedIn, press } = accountBrowser(() => project);

    it("leads a stranger from the front door to the login page, and back to where they wanted to go", async () => {
      assert.equal((await page("/")).headers.get("Location"), "/dashboard");
      const refused = await page("/dashboard?tab=a&b=c");
      const login = refused.headers.get("Location") ?? "";
      assert.deepEqual([refused.status, login], [302, "/login?redirect=%2Fdashboard%3Ftab%3Da%26b%3Dc"]);
      const { status, location } = await logIn(await newUser(), login);
      assert.deepEqual([status, location], [303, "/dashboard?tab=a&b=c"]);
      const { text } = await page("/dashboard");
      assert.match(text, /<h1>Hello, User<\/h1>/);
    });

    it("shows a page with nothing inline and nothing from elsewhere", async () => {
      const { text, headers, formTokens } = await page("/login");
      assert.equal(headers.get("Cache-Control"), "no-store");
      assert.equal(formTokens.length, 1);
      assert.doesNotMatch(
        text,
        /<script(?! src="\/js\/frond\.min\.js\?v=[0-9a-f]{12}" defer><\/script>)|<style|style=|\son\w+=|https?:/,
      );
      assert.equal((await project.client.get("/accounts.css")).status, 200);
    });

    it("never leads elsewhere after the login (open redirect)", async () => {
      const user = await newUser();
      for (const target of ["https://evil.example", "//evil.example", "/\\evil.example", "/.//evil.example", ""]) {
        const path = `/login?redirect=${encodeURIComponent(target)}`;
        assert.match((await page(path)).text, /name="redirect" value="\/dashboard"/);
        assert.equal(
          (await submit("/api/login", { email: user.email, password: user.password, redirect: target })).location,
          "/dashboard",
          target,
        );
        assert.equal((await page(path)).headers.get("Location"), "/dashboard", target);
        project.client.cookies.clear();
      }
    });

    it("gives the form back with 401 and the address, escaped, when the password is wrong", async () => {
      const { email } = await newUser();
      const wrong = await logIn({ email, password: "not this one" }, "/login?redirect=/dashboard?x=1");
      assert.equal(wrong.status, 401);
      assert.match(wrong.text, /id="password-note">Invalid email or password<\/p>/);
      assert.match(wrong.text, /name="redirect" value="\/dashboard\?x=1"/);
      assert.ok(wrong.text.includes(`value="${email}"`));
      const hostile = await logIn({ email: '"><script>alert(1)</script>', password: "x" });
      assert.equal(hostile.status, 401);
      assert.ok(!hostile.text.includes("<script>"));
      const empty = await logIn({ email: "", password: "" });
      assert.deepEqual([empty.status, empty.text.includes("Email and password are required")], [400, true]);
    });

    it("counts wrong passwords of the form like those of programs (A05)", async () => {
      const user = await newUser();
      const statuses = [];
      for (let guess = 0; guess < 6; guess++) statuses.push((await logIn({ ...user, password: "wrong" })).status);
      assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429]);
      assert.equal((await send("POST", "/api/login", user)).status, 429);
    });

    it("refuses the login form with a token of another visitor, and from another site", async () => {
      const user = await newUser();
      const { formTokens } = await page("/login");
      project.client.cookies.clear();
      await page("/login");
      const form = { email: user.email, password: user.password, formToken: formTokens[0] ?? "" };
      assert.equal((await submit("/api/login", form)).status, 403);
      const headers = { "Sec-Fetch-Site": "cross-site", Origin: "https://evil.example" };
      const { email, password } = user;
      assert.equal((await project.client.post("/api/login", { form: { email, password }, headers })).status, 403);
    });

    it("gives the session a new id at login (session fixation)", async () => {
      const user = await newUser();
      await page("/login");
      const visitor = sessionId();
      await logIn(user);
      assert.notEqual(sessionId(), visitor);
      assert.deepEqual([await isLoggedIn(), await isLoggedIn(visitor)], [true, false]);
    });

    it("sends who is logged in from the login page to the dashboard", async () => {
      await logIn(await newUser());
      assert.equal((await page("/login")).headers.get("Location"), "/dashboard");
    });

    it("logs out: the session is over, and so is the token that was issued with it", async () => {
      const { email, password } = await newUser();
      const answer = await project.client.post("/api/login", { json: { email, password } });
      const { token } = (await answer.json()) as { token: string };
      const id = sessionId();
      assert.equal((await send("GET", "/api/profile", undefined, token)).status, 200);
      project.client.cookies.set(SESSION_COOKIE, id);
      const { status, location } = await press("/api/logout");
      assert.deepEqual([status, location], [303, "/login"]);
      assert.deepEqual([await isLoggedIn(), await isLoggedIn(id)], [false, false]);
      assert.equal((await send("PUT", "/api/profile", {}, token)).status, 401);
    });

    it("tells a program that it is logged out, and is not fooled into it without a form token", async () => {
      assert.deepEqual(await send("POST", "/api/logout"), { status: 200, body: { logged_out: true } });
      await logIn(await newUser());
      assert.equal((await project.client.post("/api/logout")).status, 403);
      assert.equal(await isLoggedIn(), true);
    });

    it("logs out everywhere: every session, token and refresh token of the account", async () => {
      const user = await newUser();
      const stranger = await newUser();
      await logIn(user);
      const elsewhere = sessionId();
      const { body } = await send("POST", "/api/login", { ...user, remember: true });
      await logIn(user);
      const here = sessionId();
      const { status, location } = await press("/api/logout-everywhere");
      assert.deepEqual([status, location], [303, "/login"]);
      assert.deepEqual([await isLoggedIn(here), await isLoggedIn(elsewhere)], [false, false]);
      for (const token of [user.token, body.token as string]) {
        assert.equal((await send("PUT", "/api/profile", {}, token)).status, 401);
      }
      assert.equal((await send("POST", "/api/refresh", { refreshToken: body.refreshToken })).status, 401);
      assert.equal((await send("PUT", "/api/profile", {}, stranger.token)).status, 200);
    });

    it("changes the password: this session gets a new id, everything else of the account ends (A14)", async () => {
      const user = await newUser();
      await logIn(user);
      const elsewhere = sessionId();
      const { body } = await send("POST", "/api/login", { ...user, remember: true });
      await logIn(user);
      const before = sessionId();
      const change = { current_password: user.password, new_password: NEW_PASSWORD };
      const changed = await press("/api/profile/password", change);
      assert.deepEqual([changed.status, changed.location], [303, "/account/settings"]);
      assert.match((await page("/account/settings")).text, />Password changed successfully<\/p>/);
      assert.doesNotMatch((await page("/account/settings")).text, /Password changed/);
      assert.notEqual(sessionId(), before);
      assert.deepEqual([await isLoggedIn(before), await isLoggedIn(elsewhere)], [false, false]);
      assert.equal((await send("POST", "/api/refresh", { refreshToken: body.refreshToken })).status, 401);
      assert.equal((await send("PUT", "/api/profile", {}, user.token)).status, 401);
      assert.equal((await send("POST", "/api/login", { ...user, password: NEW_PASSWORD })).status, 200);
    });

    it("asks for the form token and the current password before it changes one (A13)", async () => {
      const user = await newUser();
      await logIn(user);
      const change = { current_password: user.password, new_password: NEW_PASSWORD };
      assert.equal((await submit("/api/profile/password", change)).status, 403);
      const wrong = await press("/api/profile/password", { ...change, current_password: "not this one" });
      assert.equal(wrong.status, 401);
      assert.match(wrong.text, />Current password is incorrect<\/p>/);
      const short = await press("/api/profile/password", { ...change, new_password: "seven77" });
      assert.deepEqual([short.status, short.text.includes("at least 8 characters</p>")], [400, true]);
      assert.equal(await isLoggedIn(), true);
      assert.equal((await send("POST", "/api/login", user)).status, 200);
    });

    it("leaves the session of one account alone when the password of another is changed with a token", async () => {
      const [one, other] = [await newUser(), await newUser()];
      await logIn(other);
      const change = { current_password: one.password, new_password: NEW_PASSWORD };
      const answer = await project.client.put("/api/profile/password", { json: change, token: one.token });
      assert.equal(answer.status, 200);
      assert.match((await page("/dashboard")).text, new RegExp(other.email));
    });

    it("shows a name as text, and what the account is called now", async () => {
      const user = await newUser();
      await logIn(user);
      const id = sessionId();
      await send("PUT", "/api/profile", { name: "<b>Bobby</b>" }, user.token);
      project.client.cookies.set(SESSION_COOKIE, id);
      assert.match((await page("/dashboard")).text, /Hello, &lt;b&gt;Bobby/);
    });

    it("ends the session of an account that is gone", async () => {
      const user = await newUser();
      await logIn(user);
      await project.query("DELETE FROM users WHERE id = ?", [user.id]);
      assert.equal((await page("/dashboard")).headers.get("Location"), "/login");
      assert.equal(project.client.cookies.get(SESSION_COOKIE), undefined);
    });

    it("forgets a session after an idle hour, and leads to the login", async () => {
      await logIn(await newUser());
      project.clock.advance(60 * MINUTE_SECONDS);
      assert.equal((await page("/dashboard")).headers.get("Location"), "/login?redirect=%2Fdashboard");
    });
  });
}
