import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it, mock } from "node:test";
import { CookieJar } from "../../src/testing/cookie-jar.ts";

const VECTORS = process.env.TEST_VECTORS_DIR;
const NO_VECTORS = VECTORS === undefined && "TEST_VECTORS_DIR names no folder";
/** It keeps cookies by name for the one host that it asks: the rest of where a cookie goes is for browsers. */
const PLACES = /;\s*(?:path|domain|secure)\b/i;
/** When the vectors were written. */
const THEN = Date.UTC(2011, 0);
/** What a response can carry at all. */
const FIELD_VALUE = /^[\t -~\x80-\xFF]*$/;

interface Vector {
  readonly test: string;
  readonly received: readonly string[];
  readonly sent: readonly { readonly name: string; readonly value: string }[];
  readonly "sent-to"?: string;
}

describe("CookieJar", () => {
  it("forgets what a response deletes, by Max-Age or by Expires, and Max-Age wins", () => {
    const deletions = ["Max-Age=0", "max-age = -1", "Expires=Thu, 01 Jan 1970 00:00:00 GMT", "Max-Age=5; Max-Age=0"];
    for (const deletion of deletions) assert.equal(headerAfter("a=1; Path=/", `a=; ${deletion}`), undefined, deletion);
    const lives = ["Max-Age=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "Max-Age=soon", "Expires=never", "max-ages=0"];
    for (const life of lives) assert.equal(headerAfter("a=1", `a=2; ${life}`), "a=2", life);
  });

  it("ignores a cookie without a name", () => {
    assert.equal(headerAfter("=a", " =b", "a", "b=1"), "b=1");
  });

  it("sends what the vectors of http-state say, wherever it is not about places", { skip: NO_VECTORS }, (context) => {
    const vectors: readonly Vector[] = JSON.parse(readFileSync(join(VECTORS ?? "", "http-state/parser.json"), "utf8"));
    mock.timers.enable({ apis: ["Date"], now: THEN });
    context.after(() => mock.timers.reset());
    let compared = 0;
    for (const { test, received, sent, "sent-to": sentTo } of vectors) {
      const isField = received.every((line) => FIELD_VALUE.test(line));
      if (sentTo !== undefined || !isField || received.some((line) => PLACES.test(line))) continue;
      const expected = sent.map(({ name, value }) => `${name}=${value}`).join("; ") || undefined;
      assert.equal(headerAfter(...received), expected, test);
      compared += 1;
    }
    assert.equal(compared, 105);
  });
});

function headerAfter(...lines: readonly string[]): string | undefined {
  const headers = new Headers();
  for (const line of lines) headers.append("Set-Cookie", line);
  const jar = new CookieJar();
  jar.store(headers);
  return jar.header();
}
