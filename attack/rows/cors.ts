import assert from "node:assert/strict";
import { type Answer, headerOf } from "../answers.ts";
import { type AttackRow, row, startRow } from "../row.ts";
import { WITH_CORS } from "../settings-of-rows.ts";
import type { Target } from "../target.ts";

const SHOP = "https://shop.example";
const ORIGIN = `Origin: ${SHOP}`;
const FOREIGN = "Origin: https://evil.example";
const ASKS = "Access-Control-Request-Method: POST";

const saysNothing = ({ head }: Answer): void => assert.doesNotMatch(head, /^access-control-/im);

async function preflights(target: Target): Promise<void> {
  await target.entered();
  const seen = [];
  for (const path of ["/write", "/nowhere"]) {
    const answer = await target.ask("OPTIONS", path, { lines: [ORIGIN, ASKS] });
    assert.deepEqual([answer.status, answer.body], [204, ""]);
    seen.push(answer.head.split("\r\n").filter((line) => /^access-control-|^allow/i.test(line)));
  }
  assert.deepEqual(seen[0], seen[1]);
  assert.deepEqual(await target.entered(), []);
  for (const name of ["Origin", "Methods", "Headers"]) {
    assert.ok(
      seen[0]?.some((line) => line.startsWith(`Access-Control-Allow-${name}: `)),
      name,
    );
  }
  assert.ok(seen[0]?.includes("Access-Control-Max-Age: 86400"));
}

async function onErrors(target: Target): Promise<void> {
  for (const [path, status] of [
    ["/me", 401],
    ["/role", 401],
    ["/nowhere", 404],
    ["/throw/error", 500],
  ] as const) {
    const answer = await target.ask("GET", path, { lines: [ORIGIN] });
    assert.deepEqual([answer.status, headerOf(answer, "Access-Control-Allow-Origin")], [status, SHOP], path);
  }
  const refused = await target.ask("POST", "/noauth", { lines: [ORIGIN] });
  assert.deepEqual([refused.status, headerOf(refused, "Access-Control-Allow-Origin")], [403, SHOP]);
  const answers = [];
  for (let count = 0; count < 4; count += 1)
    answers.push(await target.ask("POST", "/limited", { lines: [ORIGIN, "Sec-Fetch-Site: same-origin"] }));
  const last = answers.at(-1);
  assert.ok(last !== undefined);
  assert.deepEqual([last.status, headerOf(last, "Access-Control-Allow-Origin")], [429, SHOP]);
}

export const CORS_ROWS: readonly AttackRow[] = [
  row("O01", "a foreign origin, nothing configured", "no CORS header", async (target) => {
    saysNothing(await target.ask("GET", "/open", { lines: [FOREIGN] }));
    saysNothing(await target.ask("OPTIONS", "/write", { lines: [FOREIGN, ASKS] }));
  }),
  startRow(
    "O04",
    "Origin: null, or null in the list",
    "no CORS header; does not start",
    async (target) => {
      saysNothing(await target.ask("GET", "/open", { lines: ["Origin: null"] }));
      await target.refusesToStart({ TINA4_CORS_ORIGINS: "null" });
    },
    WITH_CORS,
  ),
  row("O07", "a preflight of a listed origin", "204 with the lists; nothing runs", preflights, WITH_CORS),
  row(
    "O08",
    "a preflight of a foreign origin",
    "204 without a CORS header",
    async (target) => {
      const answer = await target.ask("OPTIONS", "/write", { lines: [FOREIGN, ASKS] });
      assert.deepEqual([answer.status, answer.body], [204, ""]);
      saysNothing(answer);
    },
    WITH_CORS,
  ),
  row("O09", "a preflight for a path that exists, and for none", "the same answer", preflights, WITH_CORS),
  row(
    "O11",
    "OPTIONS that is no preflight",
    "204 with Allow",
    async (target) => {
      const answer = await target.ask("OPTIONS", "/open", { lines: [ORIGIN] });
      assert.deepEqual([answer.status, headerOf(answer, "Allow")], [204, "GET, HEAD, OPTIONS"]);
      assert.equal(headerOf(answer, "Access-Control-Allow-Methods"), null);
    },
    WITH_CORS,
  ),
  row("O12", "401, 403, 404, 429 and 500 for a listed origin", "readable there", onErrors, WITH_CORS),
  row(
    "O13",
    "a request for a private network",
    "never granted",
    async (target) => {
      const lines = [ORIGIN, ASKS, "Access-Control-Request-Private-Network: true"];
      const { head } = await target.ask("OPTIONS", "/write", { lines });
      assert.doesNotMatch(head, /private-network/i);
    },
    WITH_CORS,
  ),
  row(
    "O14",
    "two Origin lines",
    "400 without a CORS header",
    async (target) => {
      saysNothing(await target.deny("REQUEST_MALFORMED", "GET", "/open", { lines: [ORIGIN, FOREIGN] }));
      saysNothing(await target.ask("GET", "/open", { lines: [`${ORIGIN}, https://evil.example`] }));
    },
    WITH_CORS,
  ),
  startRow("O15", "a wildcard, a path, or no scheme in the list", "does not start", async (target) => {
    await target.refusesToStart({ TINA4_CORS_ORIGINS: "https://*.example.com" });
  }),
];
