import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { fillIn as fillInText } from "./fill-in.ts";

const PIECES =
  "<|>|\"|'|`|&|&amp;|&#39;|&lt|=|/|\\|\\u0041|\\41 |-->|<!--|</script>|</style>|</textarea>|</title>|$|{|;|:|#|?|%|%41|+| |\n|\r|\t|\0|\u2028|\u00a0|\u0085|\ufeff|\ud800|javascript:|a|ä|\u{1f600}";
const anyText = fc.oneof(
  fc.array(fc.constantFrom(...PIECES.split("|")), { maxLength: 10 }).map((all) => all.join("")),
  fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)), maxLength: 10 }),
);
/** No URL can carry half a character, and no HTML that or a NUL: they become the sign for what is unknown. */
const inUrl = (text: string): string => text.replace(/\p{Surrogate}/gu, "\ufffd");
const inHtml = (text: string): string => inUrl(text).replaceAll("\0", "\ufffd");
const asItIs = (text: string): string => text;

interface Place {
  readonly template: string;
  /** What a browser finds in the page. */
  readonly read: (page: string) => unknown;
  readonly carried: (text: string) => string;
}

const PLACES: Readonly<Record<string, Place>> = {
  text: { template: "<p>{{ v }}</p>", read: contentOf, carried: inHtml },
  title: { template: "<title>{{ v }}</title>", read: contentOf, carried: inHtml },
  "textarea (which drops a first line end)": {
    template: "<textarea>\n{{ v }}</textarea>",
    read: contentOf,
    carried: inHtml,
  },
  "double quotes": { template: '<p title="{{ v }}">x</p>', read: attributeOf, carried: inHtml },
  "single quotes": { template: "<p title='{{ v }}'>x</p>", read: attributeOf, carried: inHtml },
  "no quotes": { template: "<p title={{ v }}>x</p>", read: attributeOf, carried: inHtml },
  query: {
    template: '<a href="/search?q={{ v }}&amp;page=2">x</a>',
    read: (page) => urlOf(page).searchParams.get("q"),
    carried: inUrl,
  },
  fragment: {
    template: '<a href="/x#{{ v }}">x</a>',
    read: (page) => decodeURIComponent(urlOf(page).hash.slice(1)),
    carried: inUrl,
  },
  "mail address": {
    template: '<a href="mailto:{{ v }}">x</a>',
    read: (page) => decodeURIComponent(urlOf(page).pathname),
    carried: inUrl,
  },
  script: { template: "<script>({{ v }})</script>", read: resultOf, carried: asItIs },
  "string in a script, single quotes": { template: "<script>'{{ v }}'</script>", read: resultOf, carried: asItIs },
  "string in a script, double quotes": { template: '<script>"{{ v }}"</script>', read: resultOf, carried: asItIs },
  handler: {
    template: '<p onclick="({{ v }})">x</p>',
    read: (page) => runInNewContext(attributeOf(page)),
    carried: asItIs,
  },
  "string in a handler": {
    template: `<p onclick="'{{ v }}'">x</p>`,
    read: (page) => runInNewContext(attributeOf(page)),
    carried: asItIs,
  },
  JSON: {
    template: '<script type="application/json">{{ v }}</script>',
    read: (page) => JSON.parse(rawContentOf(page)),
    carried: asItIs,
  },
  "string in a style attribute": {
    template: `<p style="font-family: '{{ v }}'">x</p>`,
    read: (page) => stringOfCss(attributeOf(page)),
    carried: inHtml,
  },
  "string in a style element": {
    template: '<style>a { content: "{{ v }}" }</style>',
    read: (page) => stringOfCss(rawContentOf(page)),
    carried: inHtml,
  },
};

describe("a text that is printed", () => {
  for (const [name, { template, read, carried }] of Object.entries(PLACES)) {
    it(`is what a browser reads there: ${name}`, () => {
      const property = fc.property(anyText, (text) => {
        assert.equal(read(fillIn(template, text)), carried(text));
      });
      fc.assert(property, { seed: 7148, numRuns: 500 });
    });
  }

  it("is a value of a style as it is, or is blocked", () => {
    const word = fc.constantFrom(
      "a",
      "12px",
      "#fff",
      "50%",
      " ",
      ",",
      "-",
      ".",
      "(",
      ")",
      ";",
      ":",
      "/",
      '"',
      "\\",
      "{",
      "}",
      "@",
      "é",
    );
    const property = fc.property(fc.array(word, { maxLength: 5 }), (words) => {
      const text = words.join("");
      const value = attributeOf(fillIn('<p style="width: {{ v }}">x</p>', text)).slice("width: ".length);
      assert.equal(value, /[^\w#%., +-]/.test(text) ? "blocked" : text);
    });
    fc.assert(property, { seed: 7148, numRuns: 500 });
  });

  it("is, as a whole URL, the same URL if it is of the web, and else one that stays here or does nothing", () => {
    const urls = fc.oneof(fc.webUrl({ withFragments: true, withQueryParameters: true }), anyText);
    const property = fc.property(urls, (text) => {
      const { protocol, href } = urlOf(fillIn('<a href="{{ v }}">x</a>', text));
      assert.ok(["https:", "http:", "mailto:", "tel:"].includes(protocol) || href === "about:invalid#blocked", href);
      if (/^https?:/.test(text))
        assert.equal(href, new URL(text).href.replaceAll("'", "%27").replaceAll("(", "%28").replaceAll(")", "%29"));
    });
    fc.assert(property, { seed: 7148, numRuns: 1000 });
  });

  it("is, of any kind of data, the same data in a script and in JSON", () => {
    const property = fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
      const expected = JSON.stringify(value);
      assert.equal(JSON.stringify(resultOf(fillIn("<script>({{ v }})</script>", value))), expected);
      const page = fillIn('<script type="application/json">{{ v }}</script>', value);
      assert.equal(JSON.stringify(JSON.parse(rawContentOf(page))), expected);
    });
    fc.assert(property, { seed: 7148, numRuns: 500 });
  });
});

/** As it arrives at a browser. */
function fillIn(template: string, value: unknown): string {
  return Buffer.from(fillInText(template, value)).toString();
}

/** What stands in the one element of a page, which nothing in it can have ended. */
function rawContentOf(page: string): string {
  const [, name = "", content = ""] = /^<(\w+)[^>]*>([\s\S]*)<\/\w+>$/.exec(page) ?? [];
  assert.ok(page.endsWith(`</${name}>`) && !new RegExp(`</${name}|<!--`, "i").test(content), page);
  return content;
}

function contentOf(page: string): string {
  const content = rawContentOf(page);
  assert.doesNotMatch(content, /[<\0\r]/);
  return decoded(page.startsWith("<textarea") ? content.replace(/^\n/, "") : content);
}

/** The value of the one attribute of a page, by the rules of HTML for its quotes. */
function attributeOf(page: string): string {
  const [, double, single, none] =
    /^<\w+ \w+=(?:"([^"]*)"|'([^']*)'|([^"'\t\n\f >][^\t\n\f >]*))>x<\/\w+>$/.exec(page) ?? [];
  const written = double ?? single ?? none;
  assert.ok(written !== undefined && !/[\0\r]/.test(written), page);
  return decoded(written);
}

function urlOf(page: string): URL {
  return new URL(attributeOf(page), "https://app.example/");
}

function resultOf(page: string): unknown {
  return runInNewContext(rawContentOf(page));
}

function decoded(text: string): string {
  const names: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };
  return text.replace(/&(?:#(\d+)|(\w+));?/g, (entity, code, name) =>
    code === undefined ? (names[name] ?? assert.fail(entity)) : String.fromCodePoint(Number(code)),
  );
}

/** The one string of a style sheet. */
function stringOfCss(css: string): string {
  const [, double, single] =
    /^[^"']*(?:"((?:[^"\\\n\r\f]|\\[\s\S])*)"|'((?:[^'\\\n\r\f]|\\[\s\S])*)')[^"']*$/.exec(css) ?? [];
  const written = double ?? single ?? assert.fail(css);
  return written.replace(/\\(?:([0-9a-f]{1,6})\s?|([\s\S]))/gi, (_escape, code, character) =>
    code === undefined ? character : String.fromCodePoint(Number.parseInt(code, 16)),
  );
}
