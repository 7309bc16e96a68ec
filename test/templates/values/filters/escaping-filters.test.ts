import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { JsonText } from "../../../../src/templates/json-text.ts";
import { Markup } from "../../../../src/templates/markup.ts";
import { applyFilter } from "./apply-filter.ts";

const fault = (message: RegExp) => ({ name: "ValueFault", message });

describe("escape and e", () => {
  it("leave a value as it is, as its place will escape it", () => {
    assert.equal(applyFilter("e", "<b>"), "<b>");
    assert.equal(applyFilter("escape", 5), 5);
  });
});

describe("nl2br", () => {
  it("escapes text, and puts a break before each end of a line", () => {
    const html = applyFilter("nl2br", "<b>\na\r\nb\rc");
    assert.ok(Markup.is(html));
    assert.equal(html.html, "&lt;b&gt;<br />\na<br />\r\nb<br />\rc");
  });

  it("does not escape markup again", () => {
    assert.equal(String(applyFilter("nl2br", new Markup("<b>\n"))), "<b><br />\n");
  });
});

describe("raw", () => {
  it("makes markup of a text", () => {
    const html = applyFilter("raw", "<b>");
    assert.ok(Markup.is(html));
    assert.equal(html.html, "<b>");
  });
});

describe("url_encode", () => {
  it("encodes all but the unreserved characters", () => {
    assert.equal(
      applyFilter("url_encode", "path-seg*ment!'() é/~_.\ud800"),
      "path-seg%2Ament%21%27%28%29%20%C3%A9%2F~_.%EF%BF%BD",
    );
  });

  it("takes what has a text and no entries for its text", () => {
    assert.equal(applyFilter("url_encode", new URL("http://a.example/?b")), "http%3A%2F%2Fa.example%2F%3Fb");
  });

  it("makes a query of a mapping", () => {
    const data = { param: "va lue", foo: [1, { a: true }], none: null, no: false, "a&b": "=" };
    assert.equal(applyFilter("url_encode", data), "param=va%20lue&foo%5B0%5D=1&foo%5B1%5D%5Ba%5D=1&no=0&a%26b=%3D");
    assert.deepEqual(Object.fromEntries(new URLSearchParams(String(applyFilter("url_encode", { "é=&": "+ x" })))), {
      "é=&": "+ x",
    });
  });

  it("gives up on a mapping that holds itself", () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    assert.throws(() => applyFilter("url_encode", circle), fault(/nested too deep/));
  });
});

describe("json_encode", () => {
  it("makes JSON that reads back, and cannot end the script it stands in", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = applyFilter("json_encode", value);
        assert.ok(JsonText.is(json));
        assert.doesNotMatch(json.json, /[<>&'\u2028\u2029]/);
        assert.deepEqual(JSON.parse(json.json), JSON.parse(JSON.stringify(value)));
      }),
      { seed: 7148 },
    );
    assert.equal(String(applyFilter("json_encode", "</script><!--\u2028")), '"\\u003C/script\\u003E\\u003C!--\\u2028"');
  });

  it("knows dates, maps, sets, large integers and markup", () => {
    const value = {
      d: new Date(0),
      m: new Map([[1, new Set([2])]]),
      big: 2n ** 64n,
      one: 1n,
      html: new Markup("a"),
      f: () => 1,
    };
    assert.deepEqual(JSON.parse(String(applyFilter("json_encode", value))), {
      d: "1970-01-01T00:00:00.000Z",
      m: { 1: [2] },
      big: "18446744073709551616",
      one: 1,
      html: "a",
    });
    assert.equal(String(applyFilter("json_encode", undefined)), "null");
    assert.equal(String(applyFilter("json_encode", new Map([["__proto__", 1]]))), '{"__proto__":1}');
  });

  it("gives up on what holds itself, or is too much", () => {
    const circle: unknown[] = [];
    circle.push(circle);
    assert.throws(() => applyFilter("json_encode", circle), fault(/holds itself/));
    let many: unknown = [1];
    for (let level = 0; level < 40; level += 1) many = [many, many];
    assert.throws(() => applyFilter("json_encode", many), fault(/more than 1000000 values/));
    const long = "a".repeat(1_000_000);
    assert.throws(() => applyFilter("json_encode", new Array(20).fill(long)), fault(/10485760/));
  });
});
