import assert from "node:assert/strict";
import { cookiesOf, headerOf } from "../answers.ts";
import { Browser, json, OWN_PAGE } from "../browser.ts";
import { type AttackRow, inProcess, row, startRow } from "../row.ts";
import { OVER_HTTPS } from "../settings-of-rows.ts";
import type { Target } from "../target.ts";

const NAME = "tina4_session";

/** Whom a request with these Cookie lines is from. */
async function isFrom(target: Target, user: 1 | null, ...cookies: readonly string[]): Promise<void> {
  const { status, body } = await target.ask("GET", "/open", { lines: cookies.map((cookie) => `Cookie: ${cookie}`) });
  assert.deepEqual([status, body], [200, `{"sub":${user}}`], cookies.join());
}

/** Writes lines around the cookie of somebody who is logged in. */
const withSession =
  (attack: (target: Target, id: string) => Promise<void>) =>
  async (target: Target): Promise<void> =>
    attack(target, (await Browser.loggedIn(target)).session);

async function exactName(target: Target, id: string): Promise<void> {
  await isFrom(target, 1, ` \t${NAME}=${id}`);
  for (const cookie of [`\u00a0${NAME}=${id}`, `${NAME} =${id}`, `${NAME}\t=${id}`]) await isFrom(target, null, cookie);
  const answer = await target.ask("GET", "/open", { lines: [`Cookie: \x0b${NAME}=${id}`] });
  assert.ok(answer.status === 400 || answer.body === '{"sub":null}', answer.body);
}

async function twoOfThem(target: Target, id: string): Promise<void> {
  const other = "B".repeat(43);
  await isFrom(target, null, `${NAME}=${id}; ${NAME}=${other}`);
  await isFrom(target, null, `${NAME}=${other}; ${NAME}=${id}`);
  await isFrom(target, null, `${NAME}=${id}`, `${NAME}=${other}`);
}

async function manyCookies(target: Target, id: string): Promise<void> {
  const many = Array.from({ length: 200 }, (_, index) => `c${index}=${"v".repeat(30)}`);
  await isFrom(target, 1, [...many, `${NAME}=${id}`].join("; "));
  await target.deny("HEADERS_TOO_LARGE", "GET", "/open", { lines: [`Cookie: ${"a=b; ".repeat(4000)}`] });
}

async function deleted(target: Target): Promise<void> {
  const browser = await Browser.loggedIn(target);
  const answer = await browser.ask("POST", "/api/logout", { lines: [OWN_PAGE] });
  const attributes = /^tina4_session=; Max-Age=0; Path=\/; Expires=[^;]+ 1970 00:00:00 GMT; HttpOnly; SameSite=Lax$/;
  assert.match(cookiesOf(answer).join(), attributes);
}

export const COOKIE_ROWS: readonly AttackRow[] = [
  row(
    "K01",
    "the session cookie over HTTPS",
    "__Host-, Secure, HttpOnly, SameSite=Lax, no Domain",
    async (target) => {
      const answer = await target.ask("POST", "/api/login", json({ user: 1 }, OWN_PAGE));
      const attributes = /^__Host-tina4_session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/;
      assert.match(cookiesOf(answer).join(), attributes);
      assert.equal(headerOf(answer, "Strict-Transport-Security"), "max-age=31536000; includeSubDomains");
    },
    OVER_HTTPS,
  ),
  row("K02", "the session cookie over HTTP", "the same without Secure and prefix", async (target) => {
    const answer = await new Browser(target).login(1);
    assert.match(cookiesOf(answer).join(), /^tina4_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
  }),
  startRow("K03", "SameSite=None without HTTPS", "does not start", async (target) => {
    await target.refusesToStart({ TINA4_SESSION_SAMESITE: "None" });
  }),
  inProcess("K04", "a __Host- cookie with a domain, a path, or without Secure", "throws"),
  inProcess("K06", "attributes that carry ; or a line end", "throws"),
  row("K07", "names with other white space around them", "not read as the session", withSession(exactName)),
  row("K08", "two session cookies that differ", "no session", withSession(twoOfThem)),
  row(
    "K09",
    "a cookie without a name that holds another",
    "ignored",
    withSession(async (target, id) => {
      for (const cookie of [`=${NAME}=${id}`, `=__Host-${NAME}=${id}`]) await isFrom(target, null, cookie);
    }),
  ),
  row(
    "K11",
    "values that no decoder could read",
    "kept as they are",
    withSession(async (target, id) => {
      await isFrom(target, 1, `a=%E0%A4%A; b=%00; c="a\\"b"; d=%0d%0a%3b; ${NAME}=${id}`);
      await isFrom(target, null, `a=%3b ${NAME}=${id}`);
    }),
  ),
  row("K12", "200 cookies; a header of 20 kB", "read; 431", withSession(manyCookies)),
  row("K14", "the cookie that deletes", "the attributes it was set with", deleted),
  inProcess("K15", "a Max-Age of over 400 days", "throws"),
];
