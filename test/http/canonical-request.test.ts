import assert from "node:assert/strict";
import type { IncomingMessage, ServerResponse } from "node:http";
import { after, before, describe, it } from "node:test";
import { requireCanonicalRequest } from "../../src/http/canonical-request.ts";
import { type BareServer, startBareServer } from "./bare-server.ts";

/** What Node's parser refuses by itself, before there is a request to check. */
const PARSER = "400 parser";
const HOST = "Host: app.example";

describe("requireCanonicalRequest", () => {
  let server: BareServer;
  let check = requireCanonicalRequest([]);

  before(async () => {
    server = await startBareServer((raw, rawResponse) => answer(check(raw), raw, rawResponse));
  });
  after(() => server.stop());

  /** Status and error code for a request of these lines; `body` follows the empty line. */
  async function outcome(lines: readonly string[], body = ""): Promise<string> {
    const received = await server.send(`${lines.join("\r\n")}\r\n\r\n${body}`);
    return /^HTTP\/1\.1 (\d{3} [\w-]+)/.exec(received)?.[1] ?? `nothing: ${received}`;
  }

  function get(target: string, ...lines: readonly string[]): Promise<string> {
    return outcome([`GET ${target} HTTP/1.1`, HOST, "Connection: close", ...lines]);
  }

  function withHost(host: string): Promise<string> {
    return outcome(["GET / HTTP/1.1", `Host: ${host}`, "Connection: close"]);
  }

  function post(...lines: readonly string[]): Promise<string> {
    return outcome(["POST /a HTTP/1.1", HOST, "Connection: close", ...lines], "3\r\nabc\r\n0\r\n\r\n");
  }

  it("lets a request pass that can be read in one way only, of HTTP/1.1 and 1.0", async () => {
    assert.equal(await get("/a/b?c=d"), "200 ok");
    assert.equal(await outcome(["GET / HTTP/1.0", HOST]), "200 ok");
    assert.equal(await get("/", "X-Empty:", "Cookie: a=b", "Cookie: c=d", "Accept: a", "Accept: b"), "200 ok");
  });

  it("refuses every other version with 505 (P19)", async () => {
    for (const version of ["HTTP/2.0", "HTTP/0.9"]) {
      assert.equal(await outcome([`GET / ${version}`, HOST]), "505 HTTP_VERSION_UNSUPPORTED", version);
    }
    for (const version of ["HTTP/1.2", "HTTP/3.0", "HTTP/1.10", "http/1.1"]) {
      assert.equal(await outcome([`GET / ${version}`, HOST]), PARSER, version);
    }
  });

  it("refuses a target over 8 kB with 414", async () => {
    assert.equal(await get(`/${"a".repeat(8191)}`), "200 ok");
    assert.equal(await get(`/${"a".repeat(8192)}`), "414 TARGET_TOO_LONG");
    assert.equal(await get(`/?${"a".repeat(8191)}`), "414 TARGET_TOO_LONG");
  });

  it("refuses a target that is no canonical path, the own authority included (P12, P13, P14)", async () => {
    for (const target of [
      "http://evil.example/x",
      "http://app.example/",
      "http://user@app.example/",
      "//evil.example/x",
    ]) {
      assert.equal(await get(target), "400 REQUEST_MALFORMED", target);
    }
    for (const target of ["/a/../../etc", "/\\evil", "/a#b", "*", "/a%2fb", "/a%00", "/%2e%2e/a", "/%zz"]) {
      assert.equal(await get(target), "400 REQUEST_MALFORMED", target);
    }
    assert.equal(await outcome(["OPTIONS * HTTP/1.1", HOST]), "400 REQUEST_MALFORMED");
  });

  it("never sees a target with a space, a control character or raw UTF-8, nor an unknown method (P15)", async () => {
    for (const target of ["/a b", "/a\u0000", "/caf\u00c3\u00a9"]) assert.equal(await get(target), PARSER, target);
    for (const method of ["get", "FOO", "G ET"]) assert.equal(await outcome([`${method} / HTTP/1.1`, HOST]), PARSER);
  });

  it("lets every method pass that the parser knows: it is the router that refuses those (P16)", async () => {
    for (const method of ["TRACE", "PROPFIND", "PATCH"]) {
      assert.equal(await outcome([`${method} / HTTP/1.1`, HOST, "Connection: close"]), "200 ok", method);
    }
  });

  it("needs exactly one Host, in HTTP/1.0 too (P09, P10)", async () => {
    for (const version of ["HTTP/1.1", "HTTP/1.0"]) {
      assert.equal(await outcome([`GET / ${version}`]), "400 REQUEST_MALFORMED", version);
    }
    assert.equal(await get("/", "Host: app.example"), "400 REQUEST_MALFORMED");
    assert.equal(await get("/", "hOST: evil.example"), "400 REQUEST_MALFORMED");
  });

  it("refuses a Host that is no host (P11)", async () => {
    for (const host of [
      "evil.com:fake@legit.com",
      "a/abc?x",
      "a b",
      "",
      "a:99999",
      "a,b",
      "localhost/abc?x",
      "[::1",
      "a:",
    ]) {
      assert.equal(await withHost(host), "400 REQUEST_MALFORMED", host);
    }
  });

  it("refuses a host that is not among the allowed ones, and never remembers one that was refused (P11)", async () => {
    check = requireCanonicalRequest(["app.example", "[::1]"]);
    for (const host of ["app.example", "APP.example:8080", "[::1]:7148", "[0::1]", "app.example"]) {
      assert.equal(await withHost(host), "200 ok", host);
    }
    for (const host of [
      "evil.example",
      "evil.example",
      "app.example.evil.example",
      "app.example.",
      "127.0.0.1",
      "[::2]",
    ]) {
      assert.equal(await withHost(host), "400 HOST_REFUSED", host);
    }
    check = requireCanonicalRequest([]);
  });

  it("refuses every host but one where only that is allowed", async () => {
    check = requireCanonicalRequest(["app.example"]);
    assert.deepEqual([await withHost("app.example"), await withHost("evil.example")], ["200 ok", "400 HOST_REFUSED"]);
    check = requireCanonicalRequest([]);
  });

  it("refuses a second line of a header that two readers could take from different lines", async () => {
    for (const name of ["Origin", "Content-Type", "Authorization", "AUTHORIZATION"]) {
      assert.equal(
        await get("/", `${name}: a`, "X-Between: 1", `${name.toLowerCase()}: a`),
        "400 REQUEST_MALFORMED",
        name,
      );
    }
    assert.equal(await get("/", "Referer: a", "Accepts: b", "Accepts: c"), "200 ok");
  });

  it("refuses over 100 header lines, none of which is lost on the way (P21)", async () => {
    const lines = (count: number) => Array.from({ length: count }, (_, index) => `X-${index}: a`);
    assert.equal(await get("/", ...lines(98)), "200 ok");
    assert.equal(await get("/", ...lines(99)), "431 HEADERS_TOO_LARGE");
    assert.equal(await get("/", ...lines(1500)), "431 HEADERS_TOO_LARGE");
  });

  it("refuses over 16 kB of header lines (P20)", async () => {
    const others = "Host: app.exampleConnection: close".length + 2 * 2;
    const fill = 16_384 - others - "X: ".length - 2;
    assert.equal(await get("/", `X: ${"a".repeat(fill)}`), "200 ok");
    assert.equal(await get("/", `X: ${"a".repeat(fill + 1)}`), "431 HEADERS_TOO_LARGE");
  });

  it("takes chunked for the only transfer coding, in any case (P03, P05)", async () => {
    assert.equal(await post("Transfer-Encoding: ChuNked"), "200 ok-abc");
    for (const codings of ["gzip, chunked", "deflate,chunked", "gzip\t,\tchunked", "identity, chunked"]) {
      assert.equal(await post(`Transfer-Encoding: ${codings}`), "501 TRANSFER_CODING_UNKNOWN", codings);
    }
  });

  it("refuses a body whose end two readers could see in different places (P01, P02, P04)", async () => {
    for (const codings of [
      "xchunked",
      "identity",
      "chunked, identity",
      "chunked, chunked",
      "gzip",
      "chunked;q=1",
      "",
    ]) {
      assert.match(await post(`Transfer-Encoding: ${codings}`), /^400 /, codings);
    }
    assert.match(await post("Transfer-Encoding: chunked", "Transfer-Encoding: chunked"), /^400 /);
    assert.match(await post("Transfer-Encoding: chunked", "Content-Length: 3"), /^400 /);
    assert.match(await post("Transfer-Encoding : chunked"), /^400 /);
    for (const length of ["3, 3", "+3", "-3", "0x3", `${2n ** 100n}`, "3 3"]) {
      assert.match(await post(`Content-Length: ${length}`), /^400 /, length);
    }
    assert.match(await post("Content-Length: 3", "Content-Length: 3"), /^400 /);
    assert.match(await post("Content-Length: 3", "Content-Length: 4"), /^400 /);
    assert.equal(
      await outcome(["POST / HTTP/1.0", HOST, "Transfer-Encoding: chunked"], "0\r\n\r\n"),
      "400 REQUEST_MALFORMED",
    );
  });

  it("closes the connection with every refusal", async () => {
    const smuggled = `GET /second HTTP/1.1\r\n${HOST}\r\n\r\n`;
    const received = await server.send(`GET //first HTTP/1.1\r\n${HOST}\r\n\r\n${smuggled}`);
    assert.deepEqual(received.match(/HTTP\/1\.1 \d{3}/g), ["HTTP/1.1 400"]);
  });
});

describe("requireCanonicalRequest, where another parser lets through what Node's refuses", () => {
  const check = requireCanonicalRequest([]);
  const codeFor = (headers: Record<string, string>, ...more: readonly string[]): string | undefined => {
    const all = { host: "app.example", ...headers };
    const rawHeaders = [...Object.entries(all).flat(), ...more];
    return check({ httpVersion: "1.1", url: "/", rawHeaders, headers: all } as unknown as IncomingMessage)?.code;
  };

  it("refuses two lengths, and a length beside a transfer coding", () => {
    assert.equal(codeFor({ "content-length": "3" }), undefined);
    assert.equal(codeFor({ "content-length": "3" }, "Content-Length", "3"), "REQUEST_MALFORMED");
    assert.equal(codeFor({ "content-length": "3", "transfer-encoding": "chunked" }), "REQUEST_MALFORMED");
  });

  it("refuses transfer codings that do not end with the one chunked", () => {
    for (const codings of ["gzip", "chunked, gzip", "chunked, chunked", "xchunked", ""]) {
      assert.equal(codeFor({ "transfer-encoding": codings }), "REQUEST_MALFORMED", codings);
    }
  });
});

function answer(
  refusal: ReturnType<ReturnType<typeof requireCanonicalRequest>>,
  raw: IncomingMessage,
  rawResponse: ServerResponse,
): void {
  if (refusal !== undefined) {
    rawResponse.writeHead(refusal.status, refusal.code, refusal.headers).end();
    return;
  }
  let body = "";
  raw.on("data", (chunk) => {
    body += chunk;
  });
  raw.on("end", () => rawResponse.writeHead(200, body === "" ? "ok" : `ok-${body}`, { Connection: "close" }).end());
}
