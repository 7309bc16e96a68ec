import assert from "node:assert/strict";
import { headerOf, jsonOf } from "../answers.ts";
import { PARTNER_KEY } from "../attacked-server.ts";
import { Browser, json, OWN_PAGE } from "../browser.ts";
import { type AttackRow, inProcess, row } from "../row.ts";
import type { Target } from "../target.ts";
import { accessToken, bearer } from "../tokens.ts";

const guess = (target: Target, email: unknown) =>
  target.ask("POST", "/guess", json({ email, password: "wrong" }, OWN_PAGE));

/** Six wrong passwords for one account: the sixth is refused, another account is not. */
async function throttled(target: Target, email: string, ...variants: readonly string[]): Promise<void> {
  const spellings = [email, ...variants];
  for (let count = 0; count < 5; count += 1) {
    assert.equal((await guess(target, spellings[count % spellings.length])).status, 401, `${count}`);
  }
  for (const spelling of spellings) {
    const answer = await guess(target, spelling);
    assert.equal(answer.status, 429, spelling);
    assert.ok(Number(headerOf(answer, "Retry-After")) >= 1);
  }
  assert.equal((await guess(target, `other-${email}`)).status, 401);
}

async function unusable(target: Target): Promise<void> {
  for (const password of [["a"], {}, true, 7, "", "x".repeat(1025)]) {
    const answer = await target.ask("POST", "/password", json({ password }, OWN_PAGE));
    assert.equal(answer.status, 400, JSON.stringify(password).slice(0, 20));
  }
}

async function apiKeys(target: Target): Promise<void> {
  const shown = (...keys: readonly string[]) =>
    target.ask("POST", "/partner", { lines: keys.map((key) => `X-API-Key: ${key}`) });
  assert.equal((await shown(PARTNER_KEY)).status, 200);
  await target.deny("API_KEY_MISSING", "POST", "/partner");
  for (const key of [`${PARTNER_KEY}x`, PARTNER_KEY.slice(1), "x", PARTNER_KEY.toUpperCase()]) {
    await target.deny("API_KEY_INVALID", "POST", "/partner", { lines: [`X-API-Key: ${key}`] });
  }
}

async function oddKeys(target: Target): Promise<void> {
  const values = [`${PARTNER_KEY}, other`, "k".repeat(10_000), "%' OR 1=1--"];
  for (const lines of [
    ...values.map((key) => [`X-API-Key: ${key}`]),
    [PARTNER_KEY, "x"].map((key) => `X-API-Key: ${key}`),
  ]) {
    const answer = await target.ask("POST", "/partner", { lines });
    assert.ok([400, 403].includes(answer.status), `${answer.status}`);
  }
  assert.deepEqual((await target.entered()) as unknown[], []);
}

export const ACCOUNT_ROWS: readonly AttackRow[] = [
  row("A04", "passwords that are no text, or too long", "400 before any hashing", unusable),
  row("A05", "the sixth wrong password in a minute", "429; another account is not affected", (target) =>
    throttled(target, "ada@example.com"),
  ),
  row("A08", "six wrong passwords for nobody", "the same", (target) => throttled(target, "nobody@example.com")),
  row("A09", "spellings of one address", "one counter", (target) =>
    throttled(target, "kelvin@x.example", " Kelvin@X.example", "\u212aelvin@x.example", "KELVIN@x.example "),
  ),
  inProcess("A13", "a password changed without the right one", "400, 401, and throttled"),
  inProcess("A14", "a password changed", "every other login of the account ends"),
  inProcess("A16", "two registrations of one address at once", "201 and 409, one account"),
  inProcess("W02", "how much work a hash is", "600,000 rounds, a salt of 16 bytes"),
  inProcess("W03", "the published vectors of PBKDF2", "equal"),
  inProcess("W04", "long passwords that differ late", "not equal"),
  inProcess("W05", "passwords with a NUL", "not equal"),
  inProcess("W06", "passwords with half a surrogate pair", "refused"),
  inProcess("W09", "stored hashes that are none", "false at once"),
  inProcess("W10", "no password, an empty one, a number", "false"),
  inProcess("W13", "how digests are compared", "in constant time"),
  inProcess("W14", "many hashes at once", "the server goes on"),
  inProcess("W15", "a column that is too short for a hash", "an error, nothing cut"),
  row("F01", "no API key; a wrong one", "401; 403", apiKeys),
  inProcess("F02", "what is kept and shown of API keys", "a hash and four characters"),
  inProcess("F03", "the list of keys for an ordinary user", "403"),
  row("F04", "an API key in the query", "401 and a warning", async (target) => {
    const mark = target.logLength;
    await target.deny("API_KEY_MISSING", "POST", `/partner?api_key=${PARTNER_KEY}`);
    assert.ok(!(await target.logged(mark, /API key stands in the query/)).join().includes(PARTNER_KEY));
  }),
  row("F05", "two keys, a list, SQL, ten kilobytes", "400 or 403", oddKeys),
  inProcess("F07", "a wrong key with and without a known prefix", "the same work"),
  inProcess("F10", "a refresh token used twice", "null; later the whole family ends"),
  row("F12", "a refresh token of a session that logged out", "null", async (target) => {
    const browser = await Browser.loggedIn(target, "f12");
    const { refreshToken } = jsonOf(await browser.ask("GET", "/pair"));
    await browser.ask("POST", "/api/logout", { lines: [OWN_PAGE, `X-Form-Token: ${await browser.formToken()}`] });
    assert.deepEqual(jsonOf(await target.ask("POST", "/refresh", json({ refreshToken }))), { pair: null });
  }),
  row("F15", "a refresh token as Bearer, and the other way round", "401; null", async (target) => {
    const { refreshToken } = jsonOf(await (await Browser.loggedIn(target)).ask("GET", "/pair"));
    await target.deny("TOKEN_INVALID", "GET", "/me", { lines: [bearer(String(refreshToken))] });
    assert.deepEqual(jsonOf(await target.ask("POST", "/refresh", json({ refreshToken: accessToken() }))), {
      pair: null,
    });
  }),
];
