import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { UrlText } from "../../../src/templates/url-text.ts";
import { fillIn, problemOf } from "./fill-in.ts";

const BLOCKED = "about:invalid#blocked";

type Row = readonly [url: string, value: string, written: string];

const LINKS: Readonly<Record<string, readonly Row[]>> = {
  "lets harmless URLs through": [
    ["{{ v }}", "https://example.com/a?b=c#d", "https://example.com/a?b=c#d"],
    ["{{ v }}", "HTTP://example.com", "HTTP://example.com"],
    ["{{ v }}", "mailto:a@example.com", "mailto:a@example.com"],
    ["{{ v }}", "tel:+49-30", "tel:+49-30"],
    ["{{ v }}", "/a/b?c=1:2", "/a/b?c=1:2"],
    ["{{ v }}", "a/b:c", "a/b:c"],
    ["{{ v }}", "?a=b:c", "?a=b:c"],
    ["{{ v }}", "", ""],
    ["{{ v }}", "/ü%20 %", "/%C3%BC%20%20%25"],
  ],
  "blocks every other scheme": [
    ["{{ v }}", "javascript:x", BLOCKED],
    ["{{ v }}", " \u0001java\n\tscript:x", BLOCKED],
    ["{{ v }}", "\u00A0javascript:x", BLOCKED],
    ["{{ v }}", "data:text/html,x", BLOCKED],
    ["{{ v }}", "blob:x", BLOCKED],
    ["{{ v }}", "httpsx:x", BLOCKED],
    ["{{ v }}", ":x", BLOCKED],
  ],
  "makes no scheme where one could begin": [
    ["java{{ v }}", "script:x", "javascript%3Ax"],
    ["{{ v }}{{ v }}", "x:", `${BLOCKED}x%3A`],
    ["{{ v }}{{ v }}", "mailto", "mailtomailto"],
  ],
  "keeps a path a path": [
    ["/a/{{ v }}/b", "c/d?e#f", "/a/c/d%3Fe%23f/b"],
    ["/{{ v }}", "/evil.example", "/%2Fevil.example"],
    ["/{{ v }}", "\\evil.example", "/%5Cevil.example"],
    ["/{{ v }}/b", "", "/./b"],
    ["{{ v }}/{{ v }}", "/x", "/x/%2Fx"],
    ["page-{{ v }}.html", "a:b", "page-a%3Ab.html"],
  ],
  "encodes values of queries and fragments": [
    ["?a={{ v }}", "b&c=d #e/'", "?a=b%26c%3Dd%20%23e%2F%27"],
    ["#{{ v }}", "a b", "#a%20b"],
    ["/a?b={{ v }}&amp;c={{ v }}", "d&e", "/a?b=d%26e&amp;c=d%26e"],
    ["/a?{{ v }}={{ v }}&{{ v }}", "lt;", "/a?lt%3B=lt%3B&lt%3B"],
    ["{{ v }}?a={{ v }}", "/b c", "/b%20c?a=%2Fb%20c"],
    ["?a={{ v }}", "\uD800", "?a=%EF%BF%BD"],
  ],
  "knows hosts and addresses": [
    ["https://{{ v }}/a", "example.com:8080", "https://example.com:8080/a"],
    ["mailto:{{ v }}", "a@example.com?bcc=b", "mailto:a@example.com%3Fbcc=b"],
    ["tel:{{ v }}", "+49 30", "tel:+49%2030"],
  ],
};

const CODE: readonly Row[] = [
  ["{{ v }}", "/js/a.js?v=1", "/js/a.js?v=1"],
  ["{{ v }}", "js/a.js", "js/a.js"],
  ["{{ v }}", "https://evil.example/a.js", BLOCKED],
  ["{{ v }}", "//evil.example/a.js", BLOCKED],
  ["{{ v }}", "\\/evil.example", BLOCKED],
  ["{{ v }}", "/\t/evil.example", BLOCKED],
  ["{{ v }}", "data:,x", BLOCKED],
  ["{{ v }}/{{ v }}", "/", "/./%2F"],
  ["/{{ v }}/{{ v }}", "", "/./"],
  ["/js/{{ v }}/a.js", "../up", "/js/..%2Fup/a.js"],
  ["/js/{{ v }}/a.js", "..", "/js/%252E%252E/a.js"],
  ["https://cdn.example/{{ v }}/a.js", "1.0", "https://cdn.example/1.0/a.js"],
];

const LOADERS = [
  "<script src=",
  "<iframe src=",
  "<embed src=",
  "<object data=",
  "<base href=",
  "<use href=",
  "<link rel=stylesheet href=",
  "<link href=",
];

describe("printAt in a URL", () => {
  for (const [rule, rows] of Object.entries(LINKS)) {
    it(rule, () => {
      for (const [url, value, written] of rows) {
        assert.equal(fillIn(`<a href="${url}">`, value), `<a href="${written}">`, `${url} ${value}`);
      }
    });
  }

  it("does not encode again what |url_encode has made, and is not led elsewhere by it", () => {
    const rows = [
      ["{{ v }}", "a%20b", "a%20b"],
      ["/{{ v }}/x", "a%2Fb%3F", "/a%2Fb%3F/x"],
      ["/{{ v }}/x", "", "/./x"],
      ["/a/{{ v }}", "%23", "/a/%23"],
      ["a{{ v }}", "%3Ax", "a%3Ax"],
      ["/?q={{ v }}", "a%26b%27", "/?q=a%26b%27"],
      ["/?{{ v }}#{{ v }}", "a=1&b=%3D", "/?a=1&amp;b=%3D#a=1&amp;b=%3D"],
      ["https://{{ v }}/", "a.example%2F", "https://a.example%2F/"],
      ["mailto:?subject={{ v }}", "a%20b", "mailto:?subject=a%20b"],
    ];
    for (const [url = "", value = "", written] of rows) {
      assert.equal(fillIn(`<a href="${url}">`, new UrlText(value)), `<a href="${written}">`, `${url} ${value}`);
    }
    assert.equal(fillIn('<script src="/js/{{ v }}/a.js">', new UrlText("..")), '<script src="/js/%252E%252E/a.js">');
    assert.equal(fillIn('<script src="/{{ v }}/a.js">', new UrlText("")), '<script src="/./a.js">');
    assert.equal(fillIn("<img srcset='/{{ v }}.png 2x'>", new UrlText("a%2Cb")), "<img srcset='/a%2Cb.png 2x'>");
  });

  it("loads code and frames from this site only, or from a host that the template names", () => {
    for (const [url, value, written] of CODE) {
      for (const loader of LOADERS)
        assert.equal(fillIn(`${loader}"${url}">`, value).split('"').at(-2), written, `${loader}${url} ${value}`);
    }
    assert.match(problemOf('<script src="https://{{ v }}/a.js">'), /its host has to be written in the template/);
    assert.match(problemOf('<script src="//{{ v }}/a.js">'), /its host has to be written in the template/);
  });

  it("lets links that load nothing go elsewhere", () => {
    const elsewhere = "https://example.com/";
    assert.equal(fillIn("<link rel=canonical href='{{ v }}'>", elsewhere), `<link rel=canonical href='${elsewhere}'>`);
    assert.equal(
      fillIn("<link rel='alternate stylesheet' href='{{ v }}'>", elsewhere),
      `<link rel='alternate stylesheet' href='${BLOCKED}'>`,
    );
  });

  it("looks through prefixes, and finds URLs by their names", () => {
    for (const name of [
      "data-href",
      "xlink:href",
      "svg:href",
      "data-src",
      "data-frond-action",
      "formaction",
      "image-url",
      "dataurl",
      "poster",
    ]) {
      assert.equal(fillIn(`<p ${name}="{{ v }}">`, "javascript:x"), `<p ${name}="${BLOCKED}">`);
    }
    for (const name of ["data-security", "title", "curly", "data-icon", "data-action", "target", "rel", "data-on"]) {
      assert.equal(fillIn(`<p ${name}="{{ v }}">`, "javascript:x"), `<p ${name}="javascript:x">`);
    }
  });

  it("refuses schemes that run code, and schemes that a value begins", () => {
    for (const scheme of [
      "javascript",
      "JavaScript",
      "java&#10;script",
      "java\tscript",
      " vbscript",
      "data",
      "&#106;avascript",
    ]) {
      assert.match(problemOf(`<a href="${scheme}:{{ v }}">`), /this scheme can run code/, scheme);
    }
    assert.match(problemOf('<a href="javascript&colon;{{ v }}">'), /this scheme can run code/);
    assert.match(problemOf('<a href="{{ v }}:x">'), /A colon here makes a scheme/);
    assert.match(problemOf('<a href="{{ v }}&#58;x">'), /A colon here makes a scheme/);
    assert.equal(fillIn('<a href="javascript:void(0)">'), '<a href="javascript:void(0)">');
  });

  it("blocks each candidate of srcset on its own", () => {
    const written = (srcset: string, value: string) => fillIn(`<img srcset="${srcset}">`, value).split('"')[1];
    assert.equal(
      written("{{ v }}", "/a.png 1x, javascript:x 2x, /b,c.png 3w"),
      `/a.png 1x, ${BLOCKED} 2x, /b%2Cc.png 3w`,
    );
    assert.equal(written("{{ v }} 2x, /b.png", "/a.png"), "/a.png 2x, /b.png");
    assert.equal(written("/a.png {{ v }}x", "2"), "/a.png 2x");
    assert.equal(written("/a.png {{ v }}x", "2x, /b"), "/a.png x");
    assert.equal(written("/a-{{ v }}.png 2x", "1, b"), "/a-1%2C%20b.png 2x");
  });

  it("lets an animation change nothing into a URL", () => {
    assert.equal(
      fillIn('<set attributeName="href" to="{{ v }}"/>', "javascript:x"),
      '<set attributeName="href" to="blocked"/>',
    );
    assert.equal(fillIn('<animate values="{{ v }}"/>', "10"), '<animate values="10"/>');
  });

  it("needs no longer than a long value is", () => {
    const blanks = `x${" ".repeat(1_000_000)}y`;
    for (const url of ["<a href='{{ v }}'>", "<img srcset='{{ v }}'>"]) assert.ok(fillIn(url, blanks).length > 10, url);
  });
});
