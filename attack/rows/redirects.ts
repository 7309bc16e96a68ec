import assert from "node:assert/strict";
import { headerOf } from "../answers.ts";
import { type AttackRow, inProcess, row } from "../row.ts";
import type { Target } from "../target.ts";

const FALLBACK = "/open";

/** Asks for redirects to these: the strict way is a fault of the program, the lenient one goes to the fallback. */
async function stays(target: Target, ...payloads: readonly string[]): Promise<void> {
  for (const payload of payloads) {
    const to = encodeURIComponent(payload);
    const strict = await target.deny500(`/go?to=${to}`);
    assert.equal(headerOf(strict, "Location"), null, payload);
    const lenient = await target.ask("GET", `/back?to=${to}`);
    assert.deepEqual([lenient.status, headerOf(lenient, "Location")], [302, FALLBACK], payload);
  }
}

export const REDIRECT_ROWS: readonly AttackRow[] = [
  row("D02", "backslashes in the place of slashes", "refused", (target) =>
    stays(target, "/\\evil.com", "\\\\evil.com", "\\/evil.com"),
  ),
  row("D03", "white space that browsers drop", "refused", (target) =>
    stays(target, "/\t/evil.com", "/\n/evil.com", " //evil.com", "\t//evil.com"),
  ),
  row("D05", "another host in disguise", "refused", (target) =>
    stays(
      target,
      "https://app.example@evil.com",
      "https://app.example.evil.com",
      "https://app.example%2eevil.com",
      "//evil。com",
    ),
  ),
  row("D06", "schemes that run script", "refused", (target) =>
    stays(
      target,
      "javascript:alert(1)",
      "java\nscript:alert(1)",
      "\x01javascript:alert(1)",
      "data:text/html,x",
      "vbscript:x",
      "blob:x",
    ),
  ),
  row("D07", "paths that resolve to two slashes", "refused", (target) =>
    stays(target, "/..//evil.com", "/.//evil.com", "/foo/..//evil.com", "/%2e%2e//evil.com"),
  ),
  row("D08", "line ends, raw and encoded", "refused; kept encoded", async (target) => {
    await stays(target, "/a\r\nSet-Cookie: a=b");
    const answer = await target.ask("GET", `/go?to=${encodeURIComponent("/%0d%0aSet-Cookie:")}`);
    assert.deepEqual([answer.status, headerOf(answer, "Location")], [302, "/%0d%0aSet-Cookie:"]);
    assert.equal(headerOf(answer, "Set-Cookie"), null);
  }),
  row("D09", "a foreign Referer where a page leads back", "never read", async (target) => {
    const answer = await target.ask("GET", "/back", { lines: ["Referer: https://evil.example/"] });
    assert.deepEqual([answer.status, headerOf(answer, "Location")], [302, FALLBACK]);
  }),
  row("D10", "whole URLs, also of this origin", "refused unless the program allows it", (target) =>
    stays(target, "http://localhost/open", "http://localhost:8080/", "https://localhost/"),
  ),
  row("D14", "the body of a redirect", "no URL in it", async (target) => {
    const answer = await target.ask(
      "GET",
      `/go?to=${encodeURIComponent("/a?<script>".replaceAll(/[<>]/g, encodeURIComponent))}`,
    );
    assert.deepEqual([answer.status, answer.body], [302, ""]);
  }),
  inProcess("D15", "the lists of other frameworks", "none leads away"),
];
