import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { accountBrowser, SESSION_COOKIE } from "./account-browser.ts";
import { accountVerbs } from "./account-verbs.ts";
import { nextDerivation, openProject, type ProjectClient } from "./project-client.ts";

const ACCOUNTS = new URL("../../examples/accounts/", import.meta.url);
const CHANGE = "/api/profile/password";

describe("examples/accounts while a password is being changed", () => {
  let project: ProjectClient;

  before(async () => {
    project = await openProject(ACCOUNTS, {}, { TINA4_PASSWORD_CONCURRENCY: 2 });
  });
  after(() => project.close());
  beforeEach(() => project.client.cookies.clear());

  const { newUser, send } = accountVerbs(() => project);
  const { logIn, sessionId, isLoggedIn, press } = accountBrowser(() => project);

  it("lets nobody in with the old password, whose check began before", async () => {
    const user = await newUser();
    await logIn(user);
    const own = sessionId();
    const derivation = nextDerivation();
    project.client.cookies.clear();
    const login = project.client.post("/api/login", { json: { email: user.email, password: user.password } });
    const derive = await derivation;
    project.client.cookies.set(SESSION_COOKIE, own);
    assert.equal((await press(CHANGE, { current_password: user.password, new_password: "newPassword1" })).status, 303);
    derive();
    const answer = await login;
    assert.deepEqual([answer.status, await answer.json()], [401, { error: "Invalid email or password" }]);
    assert.deepEqual(answer.headers.getSetCookie(), []);
    assert.equal(await isLoggedIn(), true);
  });

  it("lets nobody change it once more with the old password, whose check began before", async () => {
    const user = await newUser();
    const derivation = nextDerivation();
    const change = (new_password: string) => ({ current_password: user.password, new_password });
    const late = project.client.put(CHANGE, { json: change("thiefsPassword"), token: user.token });
    const derive = await derivation;
    await logIn(user);
    assert.equal((await press(CHANGE, change("newPassword1"))).status, 303);
    derive();
    const answer = await late;
    assert.deepEqual([answer.status, await answer.json()], [401, { error: "Current password is incorrect" }]);
    assert.equal((await send("POST", "/api/login", { ...user, password: "newPassword1" })).status, 200);
  });
});
