import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Markup } from "../../../../src/templates/markup.ts";
import { LIMITS } from "../../../../src/templates/values/limits.ts";
import { applyFilter } from "./apply-filter.ts";

const fault = (message: RegExp) => ({ name: "ValueFault", message });
const MEGABYTE = 1_048_576;

describe("the filters of letters", () => {
  it("change case, by word and by character", () => {
    assert.equal(applyFilter("capitalize", "mY first CAR"), "My first car");
    assert.equal(applyFilter("title", "it's ÉTÉ\nnow o’clock"), "It's Été\nNow O’clock");
    assert.equal(applyFilter("upper", "straße"), "STRASSE");
    assert.equal(applyFilter("lower", "ÀB"), "àb");
    assert.equal(applyFilter("capitalize", "\u{10428}a"), "\u{10400}a");
  });

  it("take every value by its text", () => {
    assert.equal(applyFilter("upper", null), "");
    assert.equal(applyFilter("upper", [1, "a"]), "1,A");
    assert.equal(applyFilter("upper", new Markup("<b>")), "<B>");
  });
});

describe("trim", () => {
  it("takes spaces, or other characters, from the sides it is told", () => {
    assert.equal(applyFilter("trim", " \t\n a b \0\v\r"), "a b");
    assert.equal(applyFilter("trim", "..a.b..", "."), "a.b");
    assert.equal(applyFilter("trim", " a ", null, "left"), "a ");
    assert.equal(applyFilter("trim", " a ", undefined, "right"), " a");
    assert.throws(() => applyFilter("trim", "a", " ", "up"), fault(/both/));
  });

  it("leaves markup markup, unless it may take more than spaces", () => {
    assert.ok(Markup.is(applyFilter("trim", new Markup(" <b> "))));
    assert.equal(applyFilter("trim", new Markup("<b>"), "<"), "b>");
  });
});

describe("split", () => {
  it("cuts at a delimiter, up to a limit", () => {
    assert.deepEqual(applyFilter("split", "a,b,c", ","), ["a", "b", "c"]);
    assert.deepEqual(applyFilter("split", "a,b,c", ",", 2), ["a", "b,c"]);
    assert.deepEqual(applyFilter("split", "a,b,c", ",", -1), ["a", "b"]);
    assert.deepEqual(applyFilter("split", "a,b", ",", 0), ["a,b"]);
    assert.deepEqual(applyFilter("split", "", ","), [""]);
    assert.deepEqual(applyFilter("split", "a::b:", "::"), ["a", "b:"]);
  });

  it("cuts into pieces without a delimiter, and never through a character", () => {
    assert.deepEqual(applyFilter("split", "a\u{1F600}b", ""), ["a", "\u{1F600}", "b"]);
    assert.deepEqual(applyFilter("split", "aabbc", "", 2), ["aa", "bb", "c"]);
  });

  it("makes no more parts than the limit", () => {
    assert.throws(() => applyFilter("split", ",".repeat(MEGABYTE), ","), fault(/100000/));
    assert.throws(() => applyFilter("split", "a".repeat(MEGABYTE), ""), fault(/100000/));
  });
});

describe("replace", () => {
  it("takes the longest that fits, and replaces nothing twice", () => {
    assert.equal(
      applyFilter("replace", "I like %this% and %that%.", { "%this%": "foo", "%that%": "%this%" }),
      "I like foo and %this%.",
    );
    assert.equal(applyFilter("replace", "abc", { a: "1", ab: "2" }), "2c");
    assert.equal(applyFilter("replace", "a1a", new Map([[1, "$&"]])), "a$&a");
    assert.equal(applyFilter("replace", "abc", { "": "x" }), "abc");
  });

  it("does what replacing one by one does, where nothing overlaps", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "b", "c", "d") }), (text) => {
        assert.equal(applyFilter("replace", text, { a: "1", b: "" }), text.replaceAll("a", "1").replaceAll("b", ""));
      }),
      { seed: 7148 },
    );
  });

  it("needs a mapping, of bounded size, and makes no text beyond the limit", () => {
    assert.throws(() => applyFilter("replace", "a", "a"), fault(/needs a mapping/));
    const many = Object.fromEntries(Array.from({ length: LIMITS.replacements + 1 }, (_, index) => [`k${index}`, ""]));
    assert.throws(() => applyFilter("replace", "a", many), fault(/1000 pairs/));
    const alike = Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`${"a".repeat(500)}b${index}`, ""]));
    assert.throws(() => applyFilter("replace", "a".repeat(300_000), alike), fault(/too alike/));
    assert.throws(() => applyFilter("replace", "a".repeat(1_000), { a: "b".repeat(20_000) }), fault(/10485760/));
  });
});

describe("format", () => {
  it("fills places as PHP does", () => {
    const samples: readonly (readonly [string, readonly unknown[], string])[] = [
      ["%s is %d%%", ["a", 5.9], "a is 5%"],
      ["%2$s %1$s", ["a", "b"], "b a"],
      ["[%5s] [%-5s] [%05d] [%'*5s]", ["a", "b", -42, "c"], "[    a] [b    ] [-0042] [****c]"],
      ["%.2f %+d %+d %.1s", [1.005, 3, -3, "abc"], "1.00 +3 -3 a"],
      ["%x %X %o %b %c %u", [255, 255, 8, 5, 65, 3], "ff FF 10 101 A 3"],
      ["%.1e %E %g", [1234, 0, 0.5], "1.2e+3 0.000000E+0 0.5"],
      ["%y %", [], "%y %"],
      ["%d", [2n ** 70n], String(2n ** 70n)],
    ];
    for (const [pattern, values, text] of samples) assert.equal(applyFilter("format", pattern, ...values), text);
  });

  it("says which value is missing or of the wrong kind", () => {
    assert.throws(() => applyFilter("format", "%s %s", 1), fault(/more places than the 1 values/));
    assert.throws(() => applyFilter("format", "%0$s", 1), fault(/more places/));
    assert.throws(() => applyFilter("format", "%d", "a"), fault(/needs a number/));
    assert.throws(() => applyFilter("format", "%d", Infinity), fault(/infinite/));
  });

  it("makes no text beyond the limit", () => {
    assert.throws(() => applyFilter("format", "%999999999s", 1), fault(/10485760/));
    assert.throws(() => applyFilter("format", "%1$9999999s%1$9999999s", 1), fault(/10485760/));
  });
});

describe("slug", () => {
  it("keeps letters and digits of every script, without accents", () => {
    assert.equal(applyFilter("slug", " Wôrķšpáçè ~~sèťtïñğš~~ "), "Workspace-settings");
    assert.equal(applyFilter("slug", "Crème brûlée & Straße №5", "_"), "Creme_brulee_Strasse_No5");
    assert.equal(applyFilter("slug", "한국어 हिन्दी"), "한국어-हिन्दी");
    assert.equal(applyFilter("slug", "../%2e<script>"), "2e-script");
  });
});

describe("striptags", () => {
  it("takes away what looks like tags and comments", () => {
    assert.equal(applyFilter("striptags", '<p class="a>b">1 < 2 <b>x</b></p><!-- <i> --> y'), "1 < 2 x y");
    assert.equal(applyFilter("striptags", "a<script"), "a");
    assert.equal(applyFilter("striptags", "a<!-- b"), "a");
  });
});

describe("a long text", () => {
  const hard = ["<", "<a", "<!--", "<a '", "%", "%0", " ", "a ", "-", "1", "\n", "&", "\u{1F600}", "\ud800"];
  for (const name of [
    "capitalize",
    "format",
    "lower",
    "nl2br",
    "slug",
    "striptags",
    "title",
    "trim",
    "upper",
    "url_encode",
  ]) {
    it(`goes through ${name} in one pass`, { timeout: 60_000 }, () => {
      for (const piece of hard) {
        // A second pass for each character would take hours.
        const text = `${piece.repeat(MEGABYTE / 4 / piece.length)}x`;
        try {
          assert.ok(String(applyFilter(name, text)).length <= LIMITS.textCharacters);
        } catch (error) {
          assert.match(String(error), /ValueFault/);
        }
      }
    });
  }
});
