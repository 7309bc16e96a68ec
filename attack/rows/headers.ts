import assert from "node:assert/strict";
import { cookiesOf, headerOf, jsonOf } from "../answers.ts";
import { Browser } from "../browser.ts";
import { type AttackRow, row, startRow } from "../row.ts";
import { OVER_HTTPS } from "../settings-of-rows.ts";
import type { Target } from "../target.ts";
import { accessToken, bearer } from "../tokens.ts";

const HSTS = "Strict-Transport-Security";
const FULL_HSTS = "max-age=63072000; includeSubDomains; preload";
const SCRIPT = "<script>alert(1)</script>";

async function policy(target: Target): Promise<void> {
  for (const path of ["/open", "/nowhere", "/a.txt", "/me"]) {
    const text = headerOf(await target.ask("GET", path), "Content-Security-Policy") ?? "";
    const directives = text.split("; ");
    for (const directive of ["default-src 'self'", "base-uri 'none'", "object-src 'none'", "form-action 'self'"]) {
      assert.ok(directives.includes(directive), `${path}: ${directive}`);
    }
    assert.match(text, /frame-ancestors '(?:self|none)'/);
  }
}

async function nonces(target: Target): Promise<void> {
  const seen = new Set<string>();
  for (let count = 0; count < 3; count += 1) {
    const answer = await target.ask("GET", "/nonce");
    const [, nonce = ""] = /nonce="([^"]+)"/.exec(answer.body) ?? [];
    assert.ok(Buffer.from(nonce, "base64").length >= 16, nonce);
    assert.ok(headerOf(answer, "Content-Security-Policy")?.includes(`'nonce-${nonce}'`));
    seen.add(nonce);
  }
  assert.equal(seen.size, 3);
  assert.doesNotMatch((await target.ask("GET", "/page.html")).head, /nonce-/);
}

async function unsendable(target: Target): Promise<void> {
  for (const value of ["a%0d%0aX-Evil:%201", "a%0aX-Evil:%201", "a%00", "a%e2%80%a8b"]) {
    const { head } = await target.deny500("/header?value=".concat(value));
    assert.doesNotMatch(head, /^x-evil/im, value);
  }
}

async function thrown(target: Target): Promise<void> {
  for (const path of ["/throw/error", "/throw/null", "/throw/text", "/reject/error", "/reject/null"])
    await target.deny500(path);
  const [answer] = await target.send(target.requestText("GET", "/cut"));
  assert.ok(!answer?.body.endsWith("0\r\n\r\n"), "a broken stream looks complete");
}

async function requestIds(target: Target): Promise<void> {
  const kept = await target.ask("GET", "/open", { lines: ["X-Request-ID: abcDEF_1.2-3"] });
  assert.equal(headerOf(kept, "X-Request-ID"), "abcDEF_1.2-3");
  for (const id of [SCRIPT, "a".repeat(10_000), "short", "with space 12345", "a\u00e4aaaaaaaa"]) {
    const replaced = headerOf(await target.ask("GET", "/open", { lines: [`X-Request-ID: ${id}`] }), "X-Request-ID");
    assert.match(replaced ?? "", /^[\w.-]{8,64}$/);
    assert.notEqual(replaced, id);
  }
}

async function kept(target: Target): Promise<void> {
  const me = await target.ask("GET", "/me", { lines: [bearer(accessToken())] });
  assert.equal(headerOf(me, "Cache-Control"), "no-store");
  const answer = await new Browser(target).login(1);
  assert.deepEqual([cookiesOf(answer).length, headerOf(answer, "Cache-Control")], [1, "no-store"]);
}

async function cacheDeception(target: Target): Promise<void> {
  const lines = [bearer(accessToken())];
  for (const path of ["/me/x.css", "/me;.css", "/me.css"]) await target.deny("NOT_FOUND", "GET", path, { lines });
  await target.deny("REQUEST_MALFORMED", "GET", "/me%2f.js", { lines });
}

async function fileNames(target: Target): Promise<void> {
  const answer = await target.ask("GET", `/download?name=${encodeURIComponent('a"b\r\nX-Evil: 1ä.txt')}`);
  assert.equal(answer.status, 200);
  assert.doesNotMatch(answer.head, /^x-evil/im);
  assert.match(
    headerOf(answer, "Content-Disposition") ?? "",
    /^attachment; filename="[^"\\]*(?:\\.[^"\\]*)*"; filename\*=UTF-8''[\w%.'-]+$/,
  );
}

export const HEADER_ROWS: readonly AttackRow[] = [
  row(
    "H02",
    "TINA4_HSTS over HTTP, and over HTTPS behind a proxy",
    "absent; sent",
    async (target) => {
      assert.equal(headerOf(await target.ask("GET", "/open"), HSTS), null);
      const answer = await target.ask("GET", "/open", { lines: ["X-Forwarded-Proto: https"] });
      assert.equal(headerOf(answer, HSTS), "max-age=31536000; includeSubDomains");
    },
    { TINA4_HSTS: "31536000", TINA4_TRUSTED_PROXIES: "127.0.0.1/32" },
  ),
  startRow(
    "H03",
    "TINA4_HSTS as a full value, and as nonsense",
    "that value; does not start",
    async (target) => {
      assert.equal(headerOf(await target.ask("GET", "/open"), HSTS), FULL_HSTS);
      await target.refusesToStart({ TINA4_HSTS: "abc" });
    },
    { ...OVER_HTTPS, TINA4_HSTS: FULL_HSTS },
  ),
  row("H04", "the default Content-Security-Policy", "all four limits, everywhere", policy),
  row("H05", "nonces of pages", "128 bits, new each time, the same in header and tag", nonces),
  startRow("H06", "a header value with a line end in a setting", "does not start", async (target) => {
    await target.refusesToStart({ TINA4_CSP: "default-src 'self'\r\nX-Evil: 1" });
  }),
  row("H07", "a handler that sets a header with a line end", "500, no other header", unsendable),
  row("H08", "a redirect with a line end", "500, no other header", async (target) => {
    const { head } = await target.deny500("/go?to=/a%0d%0aSet-Cookie:%20a=b");
    assert.doesNotMatch(head, /^set-cookie/im);
  }),
  row("H10", "whatever is thrown, rejected, or breaks half-way", "500 or a cut connection", thrown),
  row("H11", "an X-Request-ID with markup, or too long", "replaced", requestIds),
  row("H12", "answers for one user", "no-store", kept),
  row("H13", "markup in JSON", "its own type, never sniffed", async (target) => {
    const answer = await target.ask("GET", `/echo?a=${encodeURIComponent(SCRIPT)}`);
    assert.equal(headerOf(answer, "Content-Type"), "application/json; charset=utf-8");
    assert.equal(headerOf(answer, "X-Content-Type-Options"), "nosniff");
    assert.equal((jsonOf(answer).query as { a: string }).a, SCRIPT);
  }),
  row("H14", "Server and X-Powered-By", "absent, on every answer of this run", async (target) => {
    for (const path of ["/open", "/nowhere", "//", "/a.txt"]) {
      assert.doesNotMatch((await target.ask("GET", path)).head, /^(?:server|x-powered-by):/im);
    }
  }),
  row("H15", "the ending of a file behind a private page", "404 or 400, not the page", cacheDeception),
  row("H16", "markup in the path of a missing page", "not shown", async (target) => {
    const { body } = await target.ask("GET", `/${SCRIPT}`, { lines: ["Accept: text/html"] });
    assert.doesNotMatch(body, /alert|<script>/);
  }),
  row("H18", "quotes and line ends in the name of a download", "quoted and encoded", fileNames),
];
