import assert from "node:assert/strict";
import { type Answer, headerOf, jsonOf } from "../answers.ts";
import { type AttackRow, inProcess, row, startRow } from "../row.ts";
import { LIMITED_BEHIND_PROXY } from "../settings-of-rows.ts";
import type { Target } from "../target.ts";

const LIMIT = 5;
const JSON_POST = { lines: ["Content-Type: application/json"], body: "{}" };

const remaining = (answer: Answer): string | null => headerOf(answer, "X-RateLimit-Remaining");
const from = (target: Target, ...lines: readonly string[]): Target =>
  target.with(...lines.map((line) => `X-Forwarded-For: ${line}`));

async function limit(target: Target): Promise<void> {
  const client = from(target, "192.0.2.1");
  for (let left = LIMIT - 1; left >= 0; left -= 1) {
    const answer = await client.ask("GET", "/open");
    assert.deepEqual([answer.status, headerOf(answer, "X-RateLimit-Limit"), remaining(answer)], [200, "5", `${left}`]);
  }
  const refused = await client.ask("GET", "/open");
  const seconds = Number(headerOf(refused, "Retry-After"));
  assert.deepEqual([refused.status, jsonOf(refused).retry_after], [429, seconds]);
  assert.equal(jsonOf(refused).error, `Rate limit exceeded. Try again in ${seconds} seconds.`);
  assert.ok(Number.isInteger(seconds) && seconds >= 1 && seconds <= 60, `${seconds}`);
}

async function reset(target: Target): Promise<void> {
  const client = from(target, "192.0.2.3");
  for (let count = 0; count <= LIMIT; count += 1) {
    const seconds = headerOf(await client.ask("GET", "/open"), "X-RateLimit-Reset") ?? "none";
    assert.match(seconds, /^\d+$/);
    assert.ok(Number(seconds) <= 60, seconds);
  }
}

/** Sends one request for each of these clients, and checks how many places each then finds. */
async function places(
  target: Target,
  ...clients: readonly (readonly [lines: readonly string[], left: string])[]
): Promise<void> {
  for (const [lines, left] of clients) {
    assert.equal(remaining(await from(target, ...lines).ask("GET", "/open")), left, lines.join());
  }
}

async function spellings(target: Target): Promise<void> {
  const client = from(target, "192.0.2.13");
  await client.entered();
  const paths = ["/limited", "/limited?x", "//limited", "/limited/", "/LIMITED", "/%6cimited", "/limited?x=1"];
  const statuses = [];
  for (const path of [...paths, "/limited"]) statuses.push((await client.ask("POST", path, JSON_POST)).status);
  assert.deepEqual(statuses, [200, 200, 400, 404, 404, 400, 200, 429]);
  assert.deepEqual(await client.entered(), ["limited", "limited", "limited"]);
}

async function parallel(target: Target): Promise<void> {
  const client = from(target, "192.0.2.15");
  const answers = await Promise.all(Array.from({ length: 40 }, () => client.ask("GET", "/open")));
  assert.equal(answers.filter(({ status }) => status === 200).length, LIMIT);
}

async function whatCounts(target: Target): Promise<void> {
  const client = from(target, "192.0.2.21");
  const lines = ["Origin: https://evil.example", "Access-Control-Request-Method: POST"];
  assert.equal(remaining(await client.ask("GET", "/a.txt")), null);
  assert.equal(remaining(await client.ask("OPTIONS", "/write", { lines })), null);
  assert.equal(remaining(await client.ask("HEAD", "/open")), "4");
  assert.equal(remaining(await client.ask("GET", "/nowhere")), "3");
}

export const RATE_LIMIT_ROWS: readonly AttackRow[] = [
  row("R01", "one request more than the limit", "429 with Retry-After and the numbers", limit, LIMITED_BEHIND_PROXY),
  row("R03", "X-RateLimit-Reset", "seconds, never negative, never a date", reset, LIMITED_BEHIND_PROXY),
  row(
    "R05",
    "a forged address before the real one",
    "the first untrusted from the right",
    (target) =>
      places(target, [["6.6.6.6, 192.0.2.5"], "4"], [["192.0.2.5"], "3"], [["7.7.7.7, 192.0.2.5, 10.1.1.1"], "2"]),
    LIMITED_BEHIND_PROXY,
  ),
  row(
    "R07",
    "two X-Forwarded-For lines",
    "one list",
    (target) => places(target, [["6.6.6.6", "192.0.2.7"], "4"], [["192.0.2.7", "10.1.1.1"], "3"]),
    LIMITED_BEHIND_PROXY,
  ),
  row(
    "R09",
    "addresses of one IPv6 network, in several spellings",
    "one client",
    (target) =>
      places(target, [["2001:db8:0:1::1"], "4"], [["2001:DB8:0:1:0:0:0:2"], "3"], [["2001:db8:0:1:ffff::"], "2"]),
    LIMITED_BEHIND_PROXY,
  ),
  row(
    "R10",
    "an IPv6 address that ends in an IPv4 one",
    "an IPv6 client",
    (target) => places(target, [["2001:db8::192.0.2.10"], "4"], [["192.0.2.10"], "4"], [["2001:db8::9"], "3"]),
    LIMITED_BEHIND_PROXY,
  ),
  inProcess("R12", "a million clients", "bounded memory, no live counter lost"),
  row("R13", "other spellings of a limited path", "one counter, or 400 and 404", spellings, LIMITED_BEHIND_PROXY),
  inProcess("R14", "four workers with a shared store", "no more than the limit together"),
  row("R15", "many requests at once", "exactly the limit passes", parallel, LIMITED_BEHIND_PROXY),
  inProcess("R16", "the shared store is down", "logins 503, the rest counts alone"),
  inProcess("R17", "the clock is set back", "nothing negative, nobody blocked for good"),
  startRow("R18", "a limit that is no whole number", "does not start", async (target) => {
    await target.refusesToStart({ TINA4_RATE_LIMIT: "1e3" });
  }),
  startRow("R19", "a hop count, true, or everybody as trusted proxy", "does not start", async (target) => {
    await target.refusesToStart({ TINA4_TRUSTED_PROXIES: "true" });
  }),
  row(
    "R20",
    "a stranger says https",
    "not believed",
    async (target) => {
      const lines = ["X-Forwarded-Proto: https", "X-Forwarded-For: 192.0.2.20"];
      const answer = await target.ask("GET", "/echo", { lines });
      assert.deepEqual([jsonOf(answer).secure, jsonOf(answer).ip], [false, "127.0.0.1"]);
      assert.equal(headerOf(answer, "Strict-Transport-Security"), null);
    },
    { TINA4_HSTS: "31536000" },
  ),
  row("R21", "what counts", "HEAD and 404 do; files and preflights do not", whatCounts, LIMITED_BEHIND_PROXY),
];
