import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import type { RefusalCode } from "../../src/errors.ts";
import { jsonOf } from "../answers.ts";
import { FORM_TYPE, JSON_TYPE } from "../browser.ts";
import { type AttackRow, inProcess, row } from "../row.ts";
import { IMPATIENT } from "../settings-of-rows.ts";
import type { Target } from "../target.ts";

const SMALL_LIMIT = 1000;
const DEPTH = 100_000;
const COLLIDING_NAMES = 60_000;
const WORK_MS = 5000;

/** Sends each of these bodies as this type; none may reach the handler. */
async function refuses(target: Target, code: RefusalCode, type: string, ...bodies: readonly string[]): Promise<void> {
  for (const body of bodies) await target.deny(code, "POST", "/echo", { lines: [type], body });
}

async function prototypes(target: Target): Promise<void> {
  const members = ['"__proto__":{"polluted":1}', '"constructor":{"prototype":{"polluted":1}}'];
  const bodies = members.flatMap((member) => [`{${member}}`, `{"a":{${member}}}`, `[[{${member}}]]`]);
  await refuses(target, "BODY_MALFORMED", JSON_TYPE, ...bodies);
  await refuses(target, "BODY_MALFORMED", FORM_TYPE, "__proto__[polluted]=1", "a[__proto__][polluted]=1");
}

async function limit(target: Target): Promise<void> {
  const whole = JSON.stringify(["x".repeat(SMALL_LIMIT - 4)]);
  const chunks = (body: string): string => `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
  const inChunks = [JSON_TYPE, "Transfer-Encoding: chunked"];
  assert.equal((await target.ask("POST", "/echo", { lines: [JSON_TYPE], body: whole })).status, 200);
  assert.equal((await target.ask("POST", "/echo", { lines: inChunks, body: chunks(whole) })).status, 200);
  await refuses(target, "BODY_TOO_LARGE", JSON_TYPE, `${whole} `, JSON.stringify(["x".repeat(500_000)]));
  await target.deny("BODY_TOO_LARGE", "POST", "/echo", { lines: inChunks, body: chunks(`${whole} `) });
}

async function codings(target: Target): Promise<void> {
  const body = gzipSync(Buffer.alloc(10_485_760)).toString("latin1");
  for (const coding of ["gzip", "deflate", "br", "rot13", "gzip, gzip", ""]) {
    await target.deny("BODY_TYPE_UNSUPPORTED", "POST", "/echo", {
      lines: [JSON_TYPE, `Content-Encoding: ${coding}`],
      body,
    });
  }
}

async function names(target: Target): Promise<void> {
  const answer = await target.ask("POST", "/echo/7?id=8&id=9", { lines: [FORM_TYPE], body: "id=10&id=11" });
  const { body, params, query } = jsonOf(answer);
  assert.deepEqual({ body, params, query }, { body: { id: "11" }, params: { id: "7" }, query: { id: "9" } });
}

async function methodNames(target: Target): Promise<void> {
  const body = '{"then":1,"length":1000000000,"email":{"toString":"x"}}';
  const answer = await target.ask("POST", "/echo", { lines: [JSON_TYPE], body });
  assert.deepEqual(jsonOf(answer).body, JSON.parse(body));
}

async function collisions(target: Target): Promise<void> {
  const keys = Array.from(
    { length: COLLIDING_NAMES },
    (_, index) => `"${(index % 256) * 2 ** 24 + (index >> 8) * 2 ** 17}":0`,
  );
  const start = performance.now();
  const answer = await target.ask("POST", "/noauth", { lines: [JSON_TYPE], body: `{${keys.join(",")}}` });
  assert.equal(answer.status, 200);
  assert.ok(performance.now() - start < WORK_MS);
}

async function queries(target: Target): Promise<void> {
  const start = performance.now();
  for (const query of ["&".repeat(8000), "&a&b".repeat(400), "[".repeat(5000)]) {
    assert.equal((await target.ask("GET", `/echo?${query}`)).status, 200);
  }
  assert.ok(performance.now() - start < WORK_MS);
}

async function unread(target: Target): Promise<void> {
  const sent = { lines: [JSON_TYPE, "Content-Length: 1000000"], body: "{" };
  await target.deny("NOT_FOUND", "POST", "/nowhere", sent);
  await target.deny("METHOD_NOT_ALLOWED", "POST", "/open", sent);
  await target.deny("TOKEN_MISSING", "POST", "/write", sent);
}

export const BODY_ROWS: readonly AttackRow[] = [
  row("B01", "names that reach a prototype", "400, no pollution", prototypes),
  row("B04", "100,000 brackets, a name of 1000 levels", "400", async (target) => {
    await refuses(target, "BODY_MALFORMED", JSON_TYPE, "[".repeat(DEPTH));
    await refuses(target, "BODY_MALFORMED", FORM_TYPE, `a${"[b]".repeat(1000)}=1`);
  }),
  row("B05", "a body of the limit, and of one byte more", "200, 413", limit, IMPATIENT),
  row("B06", "compressed bodies, a bomb too", "415, nothing inflated", codings),
  row("B07", "what is no JSON; nothing at all", "400; an empty object", async (target) => {
    const bodies = ["{", "undefined", '{"a":1,}', "[NaN]", "[1]//", "{'a':1}", "\xef\xbb\xbf{}", "{}{}"];
    await refuses(target, "BODY_MALFORMED", JSON_TYPE, ...bodies);
    assert.deepEqual(jsonOf(await target.ask("POST", "/echo", { lines: [JSON_TYPE, "Content-Length: 0"] })).body, {});
  }),
  row("B08", "UTF-16, broken and overlong UTF-8", "400", async (target) => {
    await refuses(
      target,
      "BODY_MALFORMED",
      JSON_TYPE,
      "\xff\xfe{\0}\0",
      '["\xff"]',
      '["\xc0\xaf"]',
      '["\xed\xa0\x80"]',
    );
    await refuses(target, "BODY_MALFORMED", FORM_TYPE, "a=\xc0\xaf");
  }),
  row("B11", "JSON that is neither object nor array", "400", (target) =>
    refuses(target, "BODY_MALFORMED", JSON_TYPE, "null", "5", '"x"', "true"),
  ),
  row("B14", "one name in path, query and body, twice each", "three maps, the last value", names),
  row("B15", "members named like methods", "plain values", methodNames),
  row("B17", "types that nobody knows", "415 or 400", async (target) => {
    for (const type of ["constructor", "toString/json", "*/*", "text/plain", "a".repeat(8000)]) {
      await refuses(target, "BODY_TYPE_UNSUPPORTED", `Content-Type: ${type}`, "{}");
    }
    await refuses(target, "REQUEST_MALFORMED", "Content-Type: application/json\0", "{}");
  }),
  inProcess("B18", "a body that stops half-way", "408, closed"),
  row("B19", "60,000 names that collide", "read in under a second", collisions),
  row("B20", "hostile queries of 8 kB", "answered at once", queries),
  row("B21", "a body that never comes, for nobody", "404, 405 and 401 at once", unread),
];
