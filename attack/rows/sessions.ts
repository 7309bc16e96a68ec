import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cookiesOf, headerOf, jsonOf } from "../answers.ts";
import { Browser, form, json, OWN_PAGE } from "../browser.ts";
import { type AttackRow, inProcess, row } from "../row.ts";
import { OVER_HTTPS } from "../settings-of-rows.ts";
import type { Target } from "../target.ts";
import { accessToken, bearer } from "../tokens.ts";

const NAME = "tina4_session";
const UNKNOWN_ID = "B".repeat(43);
const ID_LENGTH_OF_256_BITS = 43;

const folder = (target: Target): string => join(target.folder, "sessions");
const filesOf = (target: Target): string[] =>
  readdirSync(folder(target), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const keep = (browser: Browser, key: string, value: unknown): ReturnType<Browser["ask"]> =>
  browser.ask("POST", "/session", json({ key, value }, OWN_PAGE));

const withId = (id: string): readonly string[] => [`Cookie: ${NAME}=${id}`];

async function unknownId(target: Target): Promise<void> {
  const seen = await target.ask("GET", "/open", { lines: withId(UNKNOWN_ID) });
  assert.deepEqual([seen.body, cookiesOf(seen)], ['{"sub":null}', []]);
  const stored = await target.ask("POST", "/session", json({ key: "a", value: 1 }, OWN_PAGE, ...withId(UNKNOWN_ID)));
  assert.match(cookiesOf(stored).join(), /^tina4_session=[\w-]{43};/);
  assert.ok(!cookiesOf(stored).join().includes(UNKNOWN_ID));
}

async function rotatesByItself(target: Target): Promise<void> {
  const browser = new Browser(target);
  await keep(browser, "cart", 1);
  const before = browser.session;
  await keep(browser, "user_id", 1);
  assert.notEqual(browser.session, before);
  assert.equal((await target.ask("GET", "/open", { lines: withId(before) })).body, '{"sub":null}');
}

async function rotatesAtEveryChange(target: Target): Promise<void> {
  const browser = await Browser.loggedIn(target);
  const ids = [browser.session];
  const formToken = await browser.formToken();
  await browser.ask("POST", "/session", json({ key: "role", value: "admin", formToken }, OWN_PAGE));
  ids.push(browser.session);
  await browser.login(1);
  ids.push(browser.session);
  assert.equal(new Set(ids).size, 3);
  await browser.ask("POST", "/api/logout", form({ formToken: await browser.formToken() }));
  for (const id of ids) assert.equal((await target.ask("GET", "/open", { lines: withId(id) })).body, '{"sub":null}');
}

async function parallelKeys(target: Target): Promise<void> {
  const browser = new Browser(target);
  await keep(browser, "first", 0);
  await Promise.all(["a", "b", "c", "d"].map((key) => keep(browser, key, key)));
  for (const key of ["a", "b", "c", "d"]) {
    assert.equal(jsonOf(await browser.ask("GET", `/session?key=${key}`)).value, key);
  }
}

async function storesNothing(target: Target): Promise<void> {
  const before = filesOf(target).length;
  for (let round = 0; round < 10; round += 1) {
    const answers = await Promise.all(Array.from({ length: 30 }, () => target.ask("GET", "/open")));
    assert.deepEqual(answers.flatMap(cookiesOf), []);
  }
  assert.equal(filesOf(target).length, before);
}

async function storesNoId(target: Target): Promise<void> {
  const browser = await Browser.loggedIn(target);
  assert.equal(browser.session.length, ID_LENGTH_OF_256_BITS);
  for (const file of filesOf(target)) {
    assert.ok(!file.includes(browser.session) && !readFileSync(file, "latin1").includes(browser.session), file);
  }
}

async function privateFiles(target: Target): Promise<void> {
  await Browser.loggedIn(target);
  if (process.platform !== "win32") {
    assert.equal(statSync(folder(target)).mode & 0o777, 0o700);
    for (const file of filesOf(target)) assert.equal(statSync(file).mode & 0o777, 0o600, file);
  }
  for (const path of ["/sessions", "/sessions/", "/data/sessions/"]) await target.deny("NOT_FOUND", "GET", path);
}

async function brokenRecord(target: Target): Promise<void> {
  for (const content of ['{"__proto__":{"admin":1}}', "{broken"]) {
    const before = new Set(filesOf(target));
    const browser = await Browser.loggedIn(target);
    const mine = filesOf(target).filter((file) => !before.has(file));
    assert.ok(mine.length > 0);
    for (const file of mine) writeFileSync(file, content, { mode: 0o600 });
    assert.equal(await browser.user(), null, content);
  }
}

async function tooLarge(target: Target): Promise<void> {
  const browser = new Browser(target);
  for (let key = 0; key < 2; key += 1) {
    const answer = await keep(browser, `large${key}`, "x".repeat(700_000));
    assert.equal(answer.status, key === 0 ? 200 : 500);
  }
  assert.equal(jsonOf(await browser.ask("GET", "/session?key=large1")).value, null);
}

async function freshIds(target: Target): Promise<void> {
  const browsers = Array.from({ length: 50 }, () => new Browser(target));
  await Promise.all(browsers.map((browser) => keep(browser, "a", 1)));
  const ids = browsers.map(({ session }) => session);
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids) assert.equal(Buffer.from(id, "base64url").length, 32);
}

async function everySession(target: Target): Promise<void> {
  const browsers = await Promise.all([1, 2, 3].map(() => Browser.loggedIn(target, "many")));
  await target.ask("POST", "/revoke", { lines: [bearer(accessToken({ sub: "many" }))] });
  for (const browser of browsers) assert.equal(await browser.user(), null);
}

async function notInUrl(target: Target): Promise<void> {
  const { session } = await Browser.loggedIn(target);
  for (const path of [`/open?${NAME}=${session}`, `/open?sid=${session}`]) {
    assert.equal((await target.ask("GET", path)).body, '{"sub":null}');
  }
  for (const path of [`/open;jsessionid=${session}`, `/open;${NAME}=${session}`]) {
    assert.equal((await target.ask("GET", path)).status, 404);
  }
}

async function oddKeys(target: Target): Promise<void> {
  for (const key of ["__proto__", "constructor"]) {
    const browser = new Browser(target);
    const answer = await keep(browser, key, { admin: 1 });
    assert.ok([200, 500].includes(answer.status), answer.body);
    assert.equal(jsonOf(await browser.ask("GET", "/session?key=admin")).value, null);
  }
}

export const SESSION_ROWS: readonly AttackRow[] = [
  row("S01", "a well-formed id that nobody issued", "not adopted", unknownId),
  row("S03", "a handler that only stores user_id", "another id all the same", rotatesByItself),
  row("S04", "role changed, logged in again, logged out", "another id each time, then none", rotatesAtEveryChange),
  row("S07", "parallel writes of different keys", "all of them kept", parallelKeys),
  inProcess("S09", "an expired record that is still there", "anonymous, and removed"),
  row("S12", "many requests without a cookie", "no file, no cookie", storesNothing),
  row("S13", "what the store holds", "no id in clear", storesNoId),
  row("S14", "the files of sessions", "private, and never served", privateFiles),
  row("S15", "a record with __proto__, or broken", "anonymous", brokenRecord),
  row("S17", "more than 1 MB in a session", "an error, nothing cut", tooLarge),
  row("S18", "how ids are made", "256 bits, no repeats", freshIds),
  row("S19", "revokeAll with three sessions", "all three anonymous", everySession),
  row("S20", "an id in the URL", "ignored", notInUrl),
  row("S21", "an answer that sets a session cookie", "no-store", async (target) => {
    const answer = await new Browser(target).login(1);
    assert.deepEqual([cookiesOf(answer).length, headerOf(answer, "Cache-Control")], [1, "no-store"]);
  }),
  row("S22", "keys named like members of every object", "no pollution", oddKeys),
  row(
    "S23",
    "the cookie of HTTP where HTTPS has another name",
    "ignored",
    async (target) => {
      const answer = await target.ask("POST", "/api/login", json({ user: 1 }, OWN_PAGE));
      const [, id = ""] = /^__Host-tina4_session=([^;]+)/.exec(cookiesOf(answer).join()) ?? [];
      assert.equal((await target.ask("GET", "/open", { lines: [`Cookie: __Host-${NAME}=${id}`] })).body, '{"sub":1}');
      assert.equal((await target.ask("GET", "/open", { lines: withId(id) })).body, '{"sub":null}');
    },
    OVER_HTTPS,
  ),
];
