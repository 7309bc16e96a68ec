import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { scrubSource } from "../../src/debug/scrub-source.ts";

describe("scrubSource", () => {
  for (const [line, shown] of [
    ['const password = "hunter2";', 'const password = "[redacted]";'],
    ["  apiKey: 'abc',", "  apiKey: '[redacted]',"],
    ['  "client_secret": "abc",', '  "client_secret": "[redacted]",'],
    ["settings['jwt'] = `abc`;", "settings['jwt'] = `[redacted]`;"],
    ['const token = process.env.TOKEN ?? "fallback";', 'const token = process.env.TOKEN ?? "[redacted]";'],
    ['connect("postgres://app:hunter2@db/shop")', 'connect("postgres://[redacted]@db/shop")'],
    [
      'fetch(url, { headers: { Authorization: "Bearer abcdefgh" } })',
      'fetch(url, { headers: { Authorization: "[redacted]" } })',
    ],
    ['sign("eyJhbGciOiJIUzI1NiJ9.e30.abc")', 'sign("[redacted]")'],
    [`use("${"9f3c1b7e".repeat(4)}")`, 'use("[redacted]")'],
    ['use("4Rk/9b2cZq+Xy7LmN0pQ3sTuVwAe5dFgHiJkLmNoPqR=")', 'use("[redacted]")'],
    ["  MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj", "  [redacted]"],
    ['const password = "never closed', 'const password = "[redacted]"'],
  ] as const) {
    it(`hides the secret in: ${line}`, () => assert.equal(scrubSource(line), shown));
  }

  for (const line of [
    'const token = request.header("authorization");',
    "function check(token: string, password = ''): boolean {",
    "  return { token: Auth.getToken({ user_id: user.id }), expiresIn: 60 };",
    'import { sourceExcerpt2 } from "../../src/debug/source-excerpt-number-2.ts";',
    "if (a < b && c > d) return `one and two`; // it's fine",
    'get("/orders/{id:int}", (request) => request.params.id);',
  ]) {
    it(`leaves code as it is: ${line}`, () => assert.equal(scrubSource(line), line));
  }
});
