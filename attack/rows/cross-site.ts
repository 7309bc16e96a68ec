import assert from "node:assert/strict";
import { cookiesOf, headerOf, jsonOf } from "../answers.ts";
import { Browser, FORM_TYPE, form, JSON_TYPE, json, OTHER_SITE, OWN_PAGE } from "../browser.ts";
import { type AttackRow, row } from "../row.ts";
import { WITH_CORS } from "../settings-of-rows.ts";
import type { Target } from "../target.ts";
import { accessToken, bearer } from "../tokens.ts";

const OWN = "http://localhost";
const EVIL = "https://evil.example";
const SHOP = "https://shop.example";

/** Posts a valid form with these lines in place of what our own page says of itself. */
async function refuses(target: Target, ...sets: readonly (readonly string[])[]): Promise<void> {
  const browser = await Browser.loggedIn(target);
  const formToken = await browser.formToken();
  for (const lines of sets) {
    await target.deny("CROSS_SITE", "POST", "/form", browser.dressed(form({ formToken }, ...lines)));
  }
  assert.equal((await browser.ask("POST", "/form", form({ formToken }))).status, 200);
}

async function referers(target: Target): Promise<void> {
  await refuses(target, [`Referer: ${EVIL}/`], [`Referer: ${EVIL}/?${OWN}/`], [`Referer: ${OWN}@evil.example/`]);
  const browser = await Browser.loggedIn(target);
  for (const lines of [[`Referer: ${OWN}/page`], []]) {
    const sent = { lines: [...lines, FORM_TYPE], body: `formToken=${await browser.formToken()}` };
    assert.equal((await browser.ask("POST", "/form", sent)).status, 200, lines.join());
  }
}

async function otherVerbs(target: Target): Promise<void> {
  const browser = await Browser.loggedIn(target);
  const formToken = await browser.formToken();
  for (const method of ["PUT", "PATCH", "DELETE"]) {
    await target.deny("CSRF_INVALID", method, "/form", browser.dressed(form({})));
    for (const site of ["cross-site", "same-site"]) {
      const sent = browser.dressed(form({ formToken }, `Sec-Fetch-Site: ${site}`));
      await target.deny("CROSS_SITE", method, "/form", sent);
    }
  }
}

async function everyContentType(target: Target): Promise<void> {
  const browser = await Browser.loggedIn(target);
  const types = [
    ...["text/plain", "Application/X-WWW-Form-Urlencoded", "application/x-www-form-urlencoded ;x"],
    ...["multipart/form-data; boundary=x", "x/unknown", "application/json"],
  ];
  for (const lines of [[], ...types.map((type) => [`Content-Type: ${type}`])]) {
    const sent = browser.dressed({ lines: [...lines, ...OTHER_SITE], body: "a=1" });
    await target.deny("CROSS_SITE", "POST", "/form", sent);
  }
}

async function textForJson(target: Target): Promise<void> {
  const browser = await Browser.loggedIn(target);
  const lines = ["Content-Type: text/plain", OWN_PAGE, `X-Form-Token: ${await browser.formToken()}`];
  await target.deny("BODY_TYPE_UNSUPPORTED", "POST", "/form", browser.dressed({ lines, body: '{"a":1}' }));
}

async function badBearer(target: Target): Promise<void> {
  const browser = await Browser.loggedIn(target);
  for (const token of ["x", accessToken({ exp: 1 })]) {
    const sent = browser.dressed(form({}, bearer(token)));
    for (const path of ["/write", "/form"]) await target.deny("TOKEN_INVALID", "POST", path, sent);
    await target.deny("TOKEN_INVALID", "GET", "/me", browser.dressed({ lines: [bearer(token)] }));
    assert.equal(jsonOf(await browser.ask("GET", "/open", { lines: [bearer(token)] })).sub, 1);
  }
}

async function confusedDeputy(target: Target): Promise<void> {
  const browser = await Browser.loggedIn(target);
  const { session } = browser;
  const answer = await browser.ask("POST", "/form", form({}, bearer(accessToken({ sub: 7 }))));
  assert.deepEqual([jsonOf(answer).sub, cookiesOf(answer)], [7, []]);
  assert.deepEqual([await browser.user(), browser.session], [1, session]);
}

async function withoutAuth(target: Target): Promise<void> {
  await target.deny("CROSS_SITE", "POST", "/noauth", { lines: OTHER_SITE });
  assert.equal((await target.ask("POST", "/hook", { lines: OTHER_SITE })).status, 200);
  for (const path of ["/noauth", "/hook"]) assert.equal((await target.ask("POST", path)).status, 200);
}

async function logout(target: Target): Promise<void> {
  const browser = await Browser.loggedIn(target);
  await target.deny("CROSS_SITE", "POST", "/api/logout", browser.dressed({ lines: OTHER_SITE }));
  await target.deny("METHOD_NOT_ALLOWED", "GET", "/api/logout", browser.dressed());
  assert.equal(await browser.user(), 1);
}

async function oneRoute(target: Target): Promise<void> {
  for (const [path, code] of [
    ["/hook/../form", "REQUEST_MALFORMED"],
    ["/hook%2f..%2fform", "REQUEST_MALFORMED"],
    ["//hook", "REQUEST_MALFORMED"],
    ["/hook/", "NOT_FOUND"],
  ] as const) {
    const { head } = await target.deny(code, "POST", path, { lines: OTHER_SITE });
    assert.doesNotMatch(head, /^location:/im);
  }
}

async function options(target: Target): Promise<void> {
  const answer = await target.ask("OPTIONS", "/form");
  assert.deepEqual([answer.status, headerOf(answer, "Allow")], [204, "POST, PUT, PATCH, DELETE, OPTIONS"]);
  assert.equal((await target.ask("HEAD", "/form")).status, 405);
  assert.deepEqual(await target.entered(), []);
}

export const CROSS_SITE_ROWS: readonly AttackRow[] = [
  row("C02", "a valid form token from another site", "403", (target) =>
    refuses(target, ["Sec-Fetch-Site: cross-site"]),
  ),
  row("C03", "a valid form token from a sibling site", "403", (target) =>
    refuses(target, ["Sec-Fetch-Site: same-site"]),
  ),
  row("C05", "Sec-Fetch-Site unknown, doubled, in upper case, empty", "403", (target) => {
    const values = ["foo", "SAME-ORIGIN", "", "same-origin, cross-site"].map((value) => [`Sec-Fetch-Site: ${value}`]);
    return refuses(target, ...values, [OWN_PAGE, "Sec-Fetch-Site: cross-site"]);
  }),
  row("C06", "no Sec-Fetch-Site, a foreign or unclear Origin", "403", async (target) => {
    const hosts = [`${OWN}.evil.example`, `${OWN}@evil.example`, "HTTPS://EVIL.EXAMPLE", `${OWN}:8080`];
    const origins = [EVIL, "null", "https://localhost", ...hosts, `${OWN}, ${EVIL}`];
    await refuses(target, ...origins.map((origin) => [`Origin: ${origin}`]));
    await target.deny("REQUEST_MALFORMED", "POST", "/form", { lines: [`Origin: ${OWN}`, `Origin: ${EVIL}`] });
  }),
  row("C08", "only a Referer: foreign, own, none", "403, 200, 200", referers),
  row("C19", "any Content-Type from another site", "403", everyContentType),
  row("C20", "text/plain where JSON is read", "415", textForJson),
  row("C21", "PUT, PATCH and DELETE without token or from elsewhere", "403", otherVerbs),
  row(
    "C23",
    "a valid Bearer token from a listed origin",
    "200",
    async (target) => {
      const lines = ["Sec-Fetch-Site: cross-site", `Origin: ${SHOP}`, bearer(accessToken()), JSON_TYPE];
      const answer = await target.ask("POST", "/write", { lines, body: "{}" });
      assert.deepEqual([answer.status, headerOf(answer, "Access-Control-Allow-Origin")], [200, SHOP]);
    },
    WITH_CORS,
  ),
  row("C24", "a bad Bearer token beside a valid session", "401; ignored on a public route", badBearer),
  row("C25", "the Bearer token of one, the session of another", "acts as the bearer alone", confusedDeputy),
  row("C26", "another site posts to a route without auth", "403; 200 where the route is open to it", withoutAuth),
  row("C27", "another site logs the browser in", "403 and no cookie", async (target) => {
    await target.deny("CROSS_SITE", "POST", "/api/login", json({ user: "attacker" }, ...OTHER_SITE));
  }),
  row("C28", "another site logs the browser out, or GET does", "403, 405, still logged in", logout),
  row("C35", "a stranger's X-Forwarded-Host names the origin", "403", (target) =>
    refuses(target, ["X-Forwarded-Host: evil.example", `Origin: ${EVIL}`]),
  ),
  row("C36", "other spellings of an exempt path", "400 or 404, never another route", oneRoute),
  row("C37", "OPTIONS and HEAD of a route for writes", "204 with Allow, 405", options),
];
