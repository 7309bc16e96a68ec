import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parseCookies } from "../../src/http/cookie-header.ts";
import { type CookieOptions, serializeSetCookie } from "../../src/http/set-cookie.ts";
import { UserAgent } from "./user-agent.ts";

const NOW = Date.UTC(2026, 0);
const SITE = new URL("https://app.example/");
const EVIL =
  '; |;|=|,|"|\\| |\t|\r\n|\n|\0|\x7f|\u00a0|\u00e4|%3B|%0d%0a|__Host-|a|Secure|HttpOnly|Domain=evil.example|Path=/|Max-Age=0';
const evil = fc.string({ unit: fc.constantFrom(...EVIL.split("|")), maxLength: 6 });
const anyByte = fc.nat(0xff).map((code) => String.fromCharCode(code));
const ATTRIBUTES = ["domain", "expires", "httponly", "max-age", "path", "samesite", "secure"];

describe("parseCookies, whatever the header is", () => {
  it("never throws, and gives every name once: with its one value, or as conflicting", () => {
    const property = fc.property(
      fc.oneof(
        fc.string({ unit: anyByte }),
        fc.array(evil).map((all) => all.join(";")),
      ),
      (header) => {
        const { values, conflicting } = parseCookies(header);
        assert.equal(Object.getPrototypeOf(values), null);
        for (const [name, value] of Object.entries(values)) {
          assert.ok(header.includes(value) && !value.includes(";"), "nothing is decoded");
          assert.match(name, /^[!#$%&'*+\-.^_`|~\w]+$/);
          assert.ok(!conflicting.has(name));
          assert.ok(valuesByHand(header, name).every((other) => other === value));
        }
        for (const name of conflicting) assert.ok(new Set(valuesByHand(header, name)).size > 1);
      },
    );
    fc.assert(property, { seed: 7148, numRuns: 2000 });
  });

  it("reads each cookie of a header as it reads it alone", () => {
    const property = fc.property(fc.array(evil.filter((text) => !text.includes(";"))), (pairs) => {
      const alone = pairs.flatMap((pair) => Object.entries(parseCookies(pair).values));
      const { values, conflicting } = parseCookies(pairs.join("; "));
      assert.deepEqual({ ...values }, Object.fromEntries(alone.filter(([name]) => !conflicting.has(name))));
    });
    fc.assert(property, { seed: 7148, numRuns: 1000 });
  });
});

describe("serializeSetCookie, whatever it is given", () => {
  const options: fc.Arbitrary<CookieOptions> = fc.record(
    {
      path: fc.oneof(
        evil,
        evil.map((text) => `/${text}`),
      ),
      domain: fc.oneof(evil, fc.constantFrom("app.example", "example")),
      secure: fc.boolean(),
      httpOnly: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  const mild = fc.oneof(evil, fc.constantFrom("a", "b-1", "app.example"));
  const name = fc.oneof(evil, fc.constantFrom("a", "b-1", "__Host-a"));

  it("refuses it, or writes one cookie that a browser stores with this name, value and attributes and no others", () => {
    let written = 0;
    const property = fc.property(name, mild, options, (name, value, options) => {
      const line = lineOf(name, value, options);
      if (line === null) return;
      written += 1;
      assert.match(line, /^[ -~]*$/);
      const [, ...attributes] = line.split(";").map((part) => part.trim().split("=")[0]?.toLowerCase());
      assert.deepEqual(attributes, [...new Set(attributes)]);
      for (const attribute of attributes) assert.ok(ATTRIBUTES.includes(String(attribute)), line);
      assert.equal(attributes.includes("secure"), options.secure ?? false);
      assert.equal(attributes.includes("httponly"), options.httpOnly ?? true);
      assert.equal(attributes.includes("domain"), options.domain !== undefined && options.domain !== "");
      const { path = "/" } = options;
      assert.deepEqual({ ...parseCookies(line.split(";")[0]).values }, { [name]: value });
      const page = new URL(SITE.origin + path);
      if (options.domain !== undefined || page.href !== SITE.origin + path) return;
      const agent = new UserAgent(NOW);
      agent.receive(line, SITE);
      assert.deepEqual(
        agent.send(page).map((cookie) => [cookie.name, cookie.value]),
        [[name, value]],
      );
    });
    fc.assert(property, { seed: 7148, numRuns: 5000 });
    assert.ok(written > 100, `${written} were written`);
  });
});

function lineOf(name: string, value: string, options: CookieOptions): string | null {
  try {
    return serializeSetCookie(name, value, options);
  } catch (error) {
    assert.equal((error as { code?: string }).code, "COOKIE_INVALID");
    return null;
  }
}

/** The values under a name, read by one pattern. */
function valuesByHand(header: string, name: string): readonly string[] {
  const trimmed = header.split(";").map((pair) => pair.replace(/^[ \t]+|[ \t]+$/g, ""));
  return trimmed
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1).replace(/^[ \t]+/, ""));
}
