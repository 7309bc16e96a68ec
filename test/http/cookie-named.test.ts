import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parseCookies } from "../../src/http/cookie-header.ts";
import { cookieNamed } from "../../src/http/cookie-named.ts";

describe("cookieNamed", () => {
  it("finds a cookie among others, and nothing where it does not stand", () => {
    assert.equal(cookieNamed("id", "theme=dark; id=1; ids=2"), "1");
    assert.equal(cookieNamed("id", "ID=1; xid=2"), undefined);
    assert.equal(cookieNamed("id", undefined), undefined);
  });

  it("gives none of two different values, wherever they stand", () => {
    assert.equal(cookieNamed("id", "id=1; id=2"), undefined);
    assert.equal(cookieNamed("id", "id=1; id=2; id=1"), undefined);
    assert.equal(cookieNamed("id", "id=1; theme=dark; id=1"), "1");
  });

  it("agrees with what reads the whole header, on any header (K07, K08, K09)", () => {
    const piece = fc.constantFrom(
      "id",
      "x",
      "=",
      ";",
      "; ",
      " ",
      "\t",
      "1",
      "2",
      '"',
      "\u00a0",
      "id=1",
      "id=2",
      "__proto__=1",
    );
    const headers = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(headers, (header) => {
        for (const name of ["id", "x", "__proto__"]) {
          assert.equal(cookieNamed(name, header), parseCookies(header).values[name]);
        }
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
