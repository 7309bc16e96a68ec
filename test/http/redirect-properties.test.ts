import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { checkRedirect } from "../../src/http/redirect.ts";

const SITE = "https://app.example";
const PAGES = ["/", "/a", "/a/b/c?d=e#f", "//double/slash", "/login?redirect=/x"].map((path) => SITE + path);
const EVIL = [
  ..."/ / // /.// /%2e// /a/..// /%2E.// \\ \\\\ @ : . .. ; ? # % %2f %2F %5c %2e %09 %0a %00 a evil.example javascript: data: https: http:// https://app.example".split(
    " ",
  ),
  ..." \t\n\r\v\f\0\x01\x7f\x85\u00a0\u00ad\u200b\u200e\u2028\u2060\u3002\uff0e\uff61\uff0f\uff3c\u2044\u2215\u29f8\ufeff",
  "\ud800",
];
const text = fc.array(fc.constantFrom(...EVIL), { maxLength: 8 });
const anyCharacter = fc.nat(0xffff).map((code) => String.fromCharCode(code));
const urls = fc.oneof(
  text.map((all) => all.join("")),
  text.map((all) => `/${all.join("")}`),
  fc.string({ unit: anyCharacter }),
  fc.webUrl(),
);

describe("a redirect that is let through", () => {
  it("keeps the origin, from whatever page, and for whoever reads it again", () => {
    let followed = 0;
    const property = fc.property(urls, (url) => {
      if (!isLetThrough(url, false)) return;
      followed += 1;
      for (const page of PAGES) {
        const target = new URL(url, page);
        assert.equal(target.origin, SITE);
        assert.equal(target.username + target.password, "");
        assert.equal(new URL(target.pathname + target.search, page).origin, SITE);
      }
      const asSomeReadIt = url
        .replace(/[\0-\x20\x7f]/g, "")
        .replaceAll("\\", "/")
        .toLowerCase();
      assert.match(asSomeReadIt, /^\/(?!\/)/);
      assert.match(url, /^[!-~]*$/, "it can stand in a header as it is");
    });
    fc.assert(property, { seed: 7148, numRuns: 20_000 });
    assert.ok(followed > 300, `${followed} were followed`);
  });

  it("goes to the host that is to be seen in it, by http or https, when it may leave the site", () => {
    let followed = 0;
    const property = fc.property(urls, (url) => {
      if (!isLetThrough(url, true) || isLetThrough(url, false)) return;
      followed += 1;
      const { protocol, host } = new URL(url, SITE);
      assert.ok(protocol === "https:" || protocol === "http:");
      const [, seen = ""] = /^https?:\/\/([^/?#]+)/i.exec(url) ?? [];
      assert.equal(host, new URL(`${protocol}//${seen.slice(seen.lastIndexOf("@") + 1)}`).host);
      assert.equal(new URL(url, "https://elsewhere.example/a").href, new URL(url).href);
    });
    fc.assert(property, { seed: 7148, numRuns: 20_000 });
    assert.ok(followed > 300, `${followed} were followed`);
  });
});

function isLetThrough(url: string, external: boolean): boolean {
  try {
    checkRedirect(url, "GET", { external });
    return true;
  } catch (error) {
    assert.equal((error as { code?: string }).code, "REDIRECT_UNSAFE");
    return false;
  }
}
