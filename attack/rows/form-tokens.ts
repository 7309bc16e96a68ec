import assert from "node:assert/strict";
import { headerOf } from "../answers.ts";
import { Browser, form, json, OWN_PAGE } from "../browser.ts";
import { type AttackRow, row } from "../row.ts";
import type { Target } from "../target.ts";
import { accessToken, nowSeconds, signed } from "../tokens.ts";

const IN_QUERY = /CSRF token found in query string/;

async function refuses(browser: Browser, ...tokens: readonly string[]): Promise<void> {
  for (const formToken of tokens) {
    await browser.target.deny("CSRF_INVALID", "POST", "/form", browser.dressed(form({ formToken })));
  }
}

async function changed(target: Target): Promise<void> {
  const browser = await Browser.loggedIn(target);
  const token = await browser.formToken();
  const [, payload = "", signature = ""] = token.split(".");
  const none = Buffer.from('{"alg":"none","typ":"form+jwt"}').toString("base64url");
  const bad = [`${token}x`, `${none}.${payload}.`, `${none}.${payload}.${signature}`, "", "x", "A".repeat(10_000)];
  await refuses(browser, ...bad, token.replace(payload, payload.slice(1)));
}

async function beforeLogin(target: Target): Promise<void> {
  const visitor = new Browser(target);
  const token = await visitor.formToken();
  assert.equal((await visitor.login(7)).status, 200);
  await refuses(visitor, token);
  const answer = await visitor.ask("POST", "/form", form({ formToken: await visitor.formToken() }));
  assert.equal(answer.status, 200);
}

async function inQuery(target: Target): Promise<void> {
  const browser = await Browser.loggedIn(target);
  const token = await browser.formToken();
  for (const query of [`formToken=${token}`, `form%54oken=${token}`, "formToken[]=v", "x=1&formToken="]) {
    for (const sent of [form({}), form({ formToken: token })]) {
      const mark = target.logLength;
      await target.deny("CSRF_INVALID", "POST", `/form?${query}`, browser.dressed(sent));
      await target.logged(mark, IN_QUERY);
    }
    const mark = target.logLength;
    const answer = await browser.ask("GET", `/open?${query}`);
    assert.deepEqual([answer.status, answer.body], [200, '{"sub":1}']);
    assert.ok(!(await target.logged(mark, IN_QUERY)).join().includes(token), "the value is in the log");
  }
}

async function otherTypes(target: Target): Promise<void> {
  const browser = await Browser.loggedIn(target);
  const token = await browser.formToken();
  for (const formToken of [[token], { $ne: 1 }, 1, null]) {
    await target.deny("CSRF_INVALID", "POST", "/form", browser.dressed(json({ formToken }, OWN_PAGE)));
  }
  await target.deny("CSRF_INVALID", "POST", "/form", browser.dressed(form({ "formToken[]": token })));
}

async function onlyOnce(target: Target): Promise<void> {
  const browser = await Browser.loggedIn(target);
  const token = await browser.formToken();
  const sent = browser.dressed(form({ formToken: token }));
  await target.entered();
  const two = await Promise.all([target.ask("POST", "/form", sent), target.ask("POST", "/form", sent)]);
  assert.deepEqual(two.map(({ status }) => status).sort(), [200, 403]);
  assert.deepEqual(await target.entered(), ["form"]);
  await refuses(browser, token);
  const released = await browser.formToken();
  const undone = await browser.ask("POST", "/people/undone", form({ formToken: released }));
  assert.equal(undone.status, 500);
  const again = await browser.ask("POST", "/form", form({ formToken: released }));
  assert.deepEqual([again.status, headerOf(again, "X-Form-Token") === null], [200, false]);
}

async function twoRenders(target: Target): Promise<void> {
  const browser = await Browser.loggedIn(target);
  const tokens = [await browser.formToken(), await browser.formToken()];
  assert.notEqual(tokens[0], tokens[1]);
  for (const formToken of tokens) {
    assert.equal((await browser.ask("POST", "/form", form({ formToken }))).status, 200);
  }
}

export const FORM_TOKEN_ROWS: readonly AttackRow[] = [
  row("C01", "a write of our own page without a form token", "403", async (target) => {
    const browser = await Browser.loggedIn(target);
    await target.deny("CSRF_INVALID", "POST", "/form", browser.dressed(form({})));
  }),
  row("C09", "the form token of another session", "403", async (target) => {
    const token = await (await Browser.loggedIn(target)).formToken();
    await refuses(await Browser.loggedIn(target, 2), token);
  }),
  row("C10", "a form token with anything changed", "403", changed),
  row("C11", "an access token as form token", "403", async (target) =>
    refuses(await Browser.loggedIn(target), accessToken({ jti: "a", bound: "b" })),
  ),
  row("C12", "a form token that is bound to nobody, signed with the secret", "403", async (target) => {
    const claims = { jti: "a", iat: nowSeconds(), exp: nowSeconds() + 60 };
    await refuses(await Browser.loggedIn(target), signed({ alg: "HS256", typ: "form+jwt" }, claims));
  }),
  row("C13", "a form token of before the login", "403; the next page's 200", beforeLogin),
  row("C15", "a form token in the query", "403 and a warning without the value; GET is served", inQuery),
  row("C17", "a form token that is no text", "403", otherTypes),
  row("C29", "one form token twice, at once and after a failure", "once; a failure gives it back", onlyOnce),
  row("C30", "two renders of one page", "two texts, both valid", twoRenders),
];
