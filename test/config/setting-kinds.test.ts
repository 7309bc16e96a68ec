import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { describe, it } from "node:test";
import type { Bounds } from "../../src/config/setting-kind.ts";
import { type KindName, SETTING_KINDS } from "../../src/config/setting-kinds.ts";

const read = (kind: KindName, text: string, bounds: Bounds = {}): unknown => SETTING_KINDS[kind].read(text, bounds);

function refuses(kind: KindName, texts: readonly string[], bounds: Bounds = {}): void {
  for (const text of texts)
    assert.equal(read(kind, text, bounds), undefined, `${kind} accepts ${JSON.stringify(text)}`);
}

function keeps(kind: KindName, texts: readonly string[], bounds: Bounds = {}): void {
  for (const text of texts) assert.deepEqual(read(kind, text, bounds), text);
}

describe("SETTING_KINDS", () => {
  it("reads a whole number in plain decimal only", () => {
    assert.equal(read("integer", "0"), 0);
    assert.equal(read("integer", "9007199254740991"), Number.MAX_SAFE_INTEGER);
    refuses("integer", ["abc", "-1", "+1", "1e3", "10 x", "1.5", "0x10", "007", "1_000", "NaN", "Infinity", "١"]);
    refuses("integer", ["9007199254740992", "99999999999999999999"]);
  });

  it("holds seconds, minutes, bytes and ports within their bounds, and a row may change these", () => {
    assert.deepEqual([read("seconds", "1"), read("seconds", "31536000")], [1, 31_536_000]);
    assert.deepEqual([read("minutes", "1"), read("minutes", "525600")], [1, 525_600]);
    assert.deepEqual([read("bytes", "1"), read("bytes", "1073741824")], [1, 1_073_741_824]);
    assert.deepEqual([read("port", "1"), read("port", "65535"), read("port", "0", { min: 0 })], [1, 65_535, 0]);
    refuses("seconds", ["0", "31536001"]);
    refuses("minutes", ["0", "525601"]);
    refuses("bytes", ["0", "1073741825", "1MiB"]);
    refuses("port", ["0", "65536"]);
    refuses("seconds", ["3601"], { max: 3600 });
  });

  it("reads a boolean from eight words in any case and refuses every other one (G07)", () => {
    for (const word of ["true", "TRUE", "1", "yes", "Yes", "on", "ON"]) assert.equal(read("boolean", word), true);
    for (const word of ["false", "FALSE", "0", "no", "No", "off", "OFF"]) assert.equal(read("boolean", word), false);
    refuses("boolean", ["flase", "2", "y", "enabled", "null", "tru"]);
  });

  it("reads a choice in any case and gives it back as it is spelled in the table", () => {
    const bounds = { choices: ["Strict", "Lax", "None"] };
    assert.equal(read("choice", "LAX", bounds), "Lax");
    refuses("choice", ["La", "Lax,None", "toString"], bounds);
    assert.deepEqual(read("choiceList", "none, lax,", bounds), ["None", "Lax"]);
    refuses("choiceList", ["Lax, Loose"], bounds);
  });

  it("reads text without control characters", () => {
    keeps("text", ["x", "data/sessions", "hé llo, \u{1F600}"]);
    refuses("text", ["a\nb", "a\u0000", "\u007f", "\u009b", "\ud800"]);
    assert.deepEqual(read("textList", "one, two"), ["one", "two"]);
  });

  it("reads a header value of printable ASCII and refuses CR, LF, NUL and everything unprintable (H06)", () => {
    keeps("headerValue", ["default-src 'self'; script-src 'self' https://cdn.example.com", "camera=(), microphone=()"]);
    refuses("headerValue", ["a\r\nSet-Cookie: x=1", "a\nb", "a\u0000", "a\tb", "é", "\u007f"]);
  });

  it("reads header names and refuses the wildcard", () => {
    assert.deepEqual(read("headerNameList", "Content-Type, X-API-Key"), ["Content-Type", "X-API-Key"]);
    refuses("headerNameList", ["*", "X Y", "X-Y:", "é", "X-A,,X B"]);
  });

  it("reads a cookie name", () => {
    keeps("cookieName", ["tina4_session", "__Host-id", "connect.sid"]);
    refuses("cookieName", ["a b", "a=b", "a;b", "é", "a".repeat(65)]);
  });

  it("reads an origin exactly as browsers send it", () => {
    keeps("origin", ["https://app.example.com", "http://localhost:3000", "https://[::1]:8443", "http://127.0.0.1"]);
    refuses("origin", [
      "https://*.example.com",
      "https://a.com/",
      "a.com",
      "null",
      "*",
      "https://A.com",
      "HTTPS://a.com",
    ]);
    refuses("origin", [
      "https://a.com:443",
      "https://u@a.com",
      "https://a.com?x",
      "ftp://a.com",
      "https://",
      "https://1",
    ]);
    refuses("origin", ["https://bücher.example", "https://a.com\n", "https:a.com", "https://a.com:99999"]);
  });

  it("reads a list of origins and drops empty items (O15)", () => {
    const list = " https://a.com,, http://b.com:81 ,";
    assert.deepEqual(read("originList", list), ["https://a.com", "http://b.com:81"]);
    assert.deepEqual(read("originsOrAny", list), ["https://a.com", "http://b.com:81"]);
    assert.deepEqual(read("originsOrAny", "*"), ["*"]);
    refuses("originsOrAny", ["*,https://a.com", "**", "null", "https://*.example.com", "https://a.com/", "a.com"]);
    refuses("originList", ["*", "https://a.com, b.com"]);
  });

  it("reads proxies as addresses and ranges, and refuses true, a hop count and a range of everybody", () => {
    assert.deepEqual(read("cidrList", "10.0.0.0/8, 192.168.1.7, 2001:DB8::/32, ::1, 1.2.3.4/32, ::/1"), [
      "10.0.0.0/8",
      "192.168.1.7",
      "2001:db8::/32",
      "::1",
      "1.2.3.4/32",
      "::/1",
    ]);
    refuses("cidrList", ["true", "1", "*", "0.0.0.0/0", "::/0", "10.0.0.0/08", "10.0.0.0/33", "::/129", "10.0.0.0/"]);
    refuses("cidrList", ["::ffff:0:0/96"]); // all of IPv4
    refuses("cidrList", ["10.0.0.0/8/8", "10.0.0", "fe80::1%eth0", "localhost", "10.0.0.1, true", "10.0.0.0/ 8"]);
  });

  it("reads a host to connect to, without scheme, port and tricks of number syntax", () => {
    keeps("host", ["localhost", "db-1.internal", "127.0.0.1", "::1", "::"]);
    assert.equal(read("host", "[::1]"), "::1");
    assert.equal(read("host", "LocalHost"), "localhost");
    refuses("host", [
      "a:80",
      "http://a",
      "a/b",
      "a b",
      "*.a.com",
      "1",
      "0x7f.1",
      "256.1.1.1",
      "[a]",
      "fe80::1%eth0",
      "-a",
    ]);
  });

  it("reads allowed hosts in the form of a Host header", () => {
    assert.deepEqual(read("hostList", "Example.com, 10.0.0.1, ::1, [0:0::1]"), [
      "example.com",
      "10.0.0.1",
      "[::1]",
      "[::1]",
    ]);
    refuses("hostList", ["*", "*.example.com", "example.com:80", "https://example.com"]);
  });

  it("reads HSTS as a number of seconds or as a full value (H03)", () => {
    assert.equal(read("hsts", "31536000"), "max-age=31536000; includeSubDomains");
    assert.equal(read("hsts", "0"), "max-age=0; includeSubDomains");
    keeps("hsts", ["max-age=63072000; includeSubDomains; preload", "max-age=1", "MAX-AGE=1;includesubdomains"]);
    refuses("hsts", ["abc", "-1", "1e3", "max-age=", "max-age=1x", "includeSubDomains", "max-age=1; max-age=2"]);
    refuses("hsts", ["max-age=1; includeSubdomian", "max-age=1\r\nX: y", "max-age=1;", "99999999999"]);
  });

  it("reads a referrer policy in any case, and none that browsers do not know", () => {
    assert.equal(read("referrerPolicy", "Same-Origin"), "same-origin");
    refuses("referrerPolicy", ["same-origins", "origin, same-origin", "none"]);
  });

  it("reads a connection URL by its beginning", () => {
    const bounds = { prefixes: ["redis://", "sqlite:"] };
    keeps("connectionUrl", ["redis://u:p@h:1/0", "sqlite:data/my app.db"], bounds);
    assert.equal(read("connectionUrl", "REDIS://Host", bounds), "redis://Host");
    refuses("connectionUrl", ["redis://", "redis:h", "mysql://h", "h:6379", "redis://h\n"], bounds);
  });

  it("reads a number of workers, and auto as one for each core", () => {
    assert.equal(read("workerCount", "4"), 4);
    assert.equal(read("workerCount", "AUTO"), availableParallelism());
    refuses("workerCount", ["0", "257", "many", "1.5"]);
  });

  it("tells for every kind what it allows", () => {
    for (const [name, kind] of Object.entries(SETTING_KINDS)) {
      assert.match(kind.allows({ choices: ["a", "b"], prefixes: ["x:"] }), /^\S.*\S$/, name);
    }
    assert.equal(SETTING_KINDS.port.allows({}), "a whole number from 1 to 65535");
    assert.equal(SETTING_KINDS.seconds.allows({ max: 60 }), "a whole number of seconds from 1 to 60");
    assert.equal(SETTING_KINDS.choice.allows({ choices: ["a", "b", "c"] }), "a, b or c");
  });
});
