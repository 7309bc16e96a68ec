import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import { posix } from "node:path";
import { describe, it } from "node:test";
import { parse } from "node:url";
import fc from "fast-check";
import { requireCanonicalRequest } from "../../src/http/canonical-request.ts";
import { isCanonicalTarget } from "../../src/http/canonical-target.ts";

const ROOT = "/srv/site";
const PIECES =
  "/|/|//|.|..|...|;|%2e|%2E|%2f|%5C|%00|%0a|%25|%252e|%c3%a4|%C3|%|\\|?|#|@|:|a|admin|A|9|-|~|%7e|+|*|\u3002|\uff0f|\u0000|\t|\n| ";
const target = fc.array(fc.constantFrom(...PIECES.split("|")), { maxLength: 10 }).map((all) => `/${all.join("")}`);

describe("a target that is accepted", () => {
  it("has one path for the URL of browsers, the older parser of Node.js, and a reader who splits at the question mark", () => {
    seen(target, (accepted) => {
      const [path = ""] = accepted.split("?", 1);
      const url = new URL(`http://app.example${accepted}`);
      assert.deepEqual([url.host, url.username, url.hash], ["app.example", "", ""]);
      const old = parse(accepted);
      assert.deepEqual([old.host, old.hash], [null, null]);
      for (const pathname of [url.pathname, old.pathname]) {
        assert.equal(decodeURIComponent(String(pathname)), decodeURIComponent(path));
      }
      assert.equal(url.search || "?", accepted.slice(path.length).replaceAll("'", "%27") || "?");
    });
  });

  it("names one file for whoever joins it, decoded once or not at all, to a folder: one below it", () => {
    seen(target, (accepted) => {
      const [path = ""] = accepted.split("?", 1);
      for (const read of [path, decodeURIComponent(path)]) {
        const names = read.split("/").filter((name) => name !== "");
        assert.equal(posix.resolve(ROOT, `.${read}`), [ROOT, ...names].join("/"));
        assert.equal(posix.join(ROOT, read).replace(/\/$/, ""), [ROOT, ...names].join("/"));
        assert.ok(!read.includes("\0") && !read.includes("\\"));
      }
    });
  });

  it("is spelled in one way only: what decodes to the same path is the same text, but for the case of codes and a tilde", () => {
    const plain = (text: string): string =>
      text.replace(/%[0-9a-f]{2}/gi, (code) => code.toUpperCase()).replaceAll("%7E", "~");
    const encodedPiece = fc.constantFrom(
      "a",
      "b",
      "%61",
      "%62",
      "-",
      "%2d",
      ".",
      "%2e",
      "%7e",
      "~",
      "%C3%A4",
      "%c3%a4",
      "/",
      "%2f",
    );
    const spelling = fc.array(encodedPiece, { maxLength: 4 }).map((all) => `/${all.join("")}`);
    const property = fc.property(spelling, spelling, (one, other) => {
      if (!isCanonicalTarget(one) || !isCanonicalTarget(other)) return;
      if (decodeURIComponent(one) === decodeURIComponent(other)) assert.equal(plain(one), plain(other));
    });
    fc.assert(property, { seed: 7148, numRuns: 5000 });
  });
});

describe("a request that is accepted", () => {
  const check = requireCanonicalRequest(["app.example", "[::1]"]);
  const name = fc.constantFrom(
    "Host",
    "HOST",
    "Origin",
    "Content-Type",
    "authorization",
    "Content-Length",
    "Transfer-Encoding",
    "X-A",
  );
  const value = fc.constantFrom(
    "app.example",
    "APP.example:80",
    "[::1]",
    "evil.example",
    "app.example@evil.example",
    "chunked",
    "gzip, chunked",
    "5",
    "a",
  );

  it("has one host, which is allowed, one of each header that decides, and one end", () => {
    let accepted = 0;
    const property = fc.property(
      fc.array(fc.tuple(name, value), { maxLength: 5 }),
      fc.constantFrom("1.1", "1.0"),
      (more, httpVersion) => {
        const lines: [string, string][] = [["Host", "app.example"], ...more];
        const raw = messageOf(lines, httpVersion);
        if (check(raw) !== undefined) return;
        accepted += 1;
        const values = (wanted: string) =>
          lines.filter(([line]) => line.toLowerCase() === wanted).map(([, text]) => text);
        for (const single of ["host", "origin", "content-type", "authorization", "content-length"]) {
          assert.ok(values(single).length <= 1, single);
        }
        assert.ok(["app.example", "[::1]"].includes(new URL(`http://${values("host")[0]}`).hostname));
        const codings = values("transfer-encoding");
        assert.ok(codings.length === 0 || (codings.join() === "chunked" && httpVersion === "1.1"));
        assert.ok(codings.length + values("content-length").length <= 1);
      },
    );
    fc.assert(property, { seed: 7148, numRuns: 5000 });
    assert.ok(accepted > 500, `${accepted} were accepted`);
  });
});

/** Tries what holds of an accepted target on enough of them. */
function seen(targets: fc.Arbitrary<string>, holds: (accepted: string) => void): void {
  let accepted = 0;
  const property = fc.property(targets, (text) => {
    if (!isCanonicalTarget(text)) return;
    accepted += 1;
    holds(text);
  });
  fc.assert(property, { seed: 7148, numRuns: 5000 });
  assert.ok(accepted > 300, `${accepted} were accepted`);
}

/** As Node.js hands a request on: of a header that may come once it keeps the first, others it joins. */
function messageOf(lines: readonly (readonly [string, string])[], httpVersion: string): IncomingMessage {
  const headers: Record<string, string> = {};
  for (const [name, value] of lines) {
    const key = name.toLowerCase();
    if (headers[key] === undefined) headers[key] = value;
    else if (key === "transfer-encoding" || key === "x-a") headers[key] += `, ${value}`;
  }
  return { httpVersion, url: "/", rawHeaders: lines.flat(), headers } as unknown as IncomingMessage;
}
