import assert from "node:assert/strict";
import { METHODS } from "node:http";
import type { RefusalCode } from "../../src/errors.ts";
import { headerOf, jsonOf } from "../answers.ts";
import { type AttackRow, row } from "../row.ts";
import { LIMITED_BEHIND_PROXY } from "../settings-of-rows.ts";
import type { Target } from "../target.ts";

const HIDDEN = "GET /open HTTP/1.1\r\nHost: localhost\r\n\r\n";
const ALL_METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

const message = (requestLine: string, lines: readonly string[], body = ""): string =>
  `${[requestLine, "Host: localhost", ...lines].join("\r\n")}\r\n\r\n${body}`;
const get = (path: string, ...lines: readonly string[]): string => message(`GET ${path} HTTP/1.1`, lines);
const post = (lines: readonly string[], body = "abc"): string => message("POST /echo HTTP/1.1", lines, body);
const chunked = (coding: string): string => post([`Transfer-Encoding: ${coding}`], "3\r\nabc\r\n0\r\n\r\n");
const typed = (line: string, body: string): string => post(["Content-Type: application/json", line], body);

/** A row whose messages are refused, each on a connection of its own, with a request behind it that nobody may answer. */
const refused = (
  id: string,
  input: string,
  code: RefusalCode,
  outcome: string,
  ...messages: readonly string[]
): AttackRow =>
  row(id, input, outcome, async (target) => {
    for (const text of messages) await target.denyBytes(code, text + HIDDEN);
  });

async function anyCase(target: Target): Promise<void> {
  for (const coding of ["chunked", "ChuNked", "CHUNKED"]) {
    const first = typed(`Transfer-Encoding: ${coding}`, '7\r\n{"a":1}\r\n0\r\n\r\n');
    const answers = await target.send(first + target.requestText("GET", "/open"));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200],
    );
    assert.deepEqual(JSON.parse(answers[0]?.body ?? "").body, { a: 1 });
  }
}

async function extensions(target: Target): Promise<void> {
  const many = `1;${"e".repeat(16_000)}\r\n \r\n`.repeat(30);
  await target.denyBytes("BODY_TOO_LARGE", typed("Transfer-Encoding: chunked", `${many}0\r\n\r\n`));
  const small = await target.send(typed("Transfer-Encoding: chunked\r\nConnection: close", "2;a=b\r\n{}\r\n0\r\n\r\n"));
  assert.deepEqual(
    small.map(({ status }) => status),
    [200],
  );
}

async function otherMethods(target: Target): Promise<void> {
  for (const [method, path, allow] of [
    ["TRACE", "/open", "GET, HEAD, OPTIONS"],
    ["PROPFIND", "/write", "POST, OPTIONS"],
    ["TRACE", "/nowhere", ALL_METHODS],
    ["PATCH", "/open", "GET, HEAD, OPTIONS"],
    ...(METHODS.includes("QUERY") ? [["QUERY", "/open", "GET, HEAD, OPTIONS"] as const] : []),
  ] as const) {
    const answer = await target.deny("METHOD_NOT_ALLOWED", method, path);
    assert.equal(headerOf(answer, "Allow"), allow, `${method} ${path}`);
  }
}

async function underscores(target: Target): Promise<void> {
  const lines = ["X_Forwarded_For: 192.0.2.77", "X_Forwarded_Proto: https"];
  const answer = await target.with("X-Forwarded-For: 192.0.2.25").ask("GET", "/echo", { lines });
  assert.deepEqual([jsonOf(answer).ip, jsonOf(answer).secure], ["192.0.2.25", false]);
}

async function pipelined(target: Target): Promise<void> {
  for (const [line, body] of [
    ["Content-Length: 2", "{}"],
    ["Transfer-Encoding: chunked", "2\r\n{}\r\n0\r\n\r\n"],
    [`Content-Length: ${HIDDEN.length}`, HIDDEN],
    ["Content-Length: 9000", HIDDEN],
  ] as const) {
    await target.denyBytes("TOKEN_MISSING", message("POST /write HTTP/1.1", [line], body) + HIDDEN);
  }
  const json = JSON.stringify({ a: HIDDEN });
  const answers = await target.send(typed(`Content-Length: ${json.length}`, json) + target.requestText("GET", "/open"));
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200],
  );
}

const LENGTHS = ["3, 3", "3,3", "+3", "-3", "0x3", "3.0", `${2n ** 100n}`];
const TARGETS_WITH_DOTS = ["/a/../../etc", "/\\evil", "/a#b", "*", "/./open", "/%2E%2e/open"];
const HOSTS = ["evil.com:fake@legit.com", "a/abc?x", "a b", "", "a:99999", "a,b"];

export const PARSING_ROWS: readonly AttackRow[] = [
  refused(
    "P01",
    "two lengths, or one that is unclear",
    "REQUEST_MALFORMED",
    "400, closed",
    post(["Content-Length: 3", "Transfer-Encoding: chunked"]),
    post(["Transfer-Encoding: chunked", "Content-Length: 3"]),
    post(["Content-Length: 3", "Content-Length: 3"]),
    post(["Content-Length: 3", "Content-Length: 4"]),
    ...LENGTHS.map((length) => post([`Content-Length: ${length}`])),
  ),
  refused(
    "P02",
    "transfer codings that are not exactly chunked",
    "REQUEST_MALFORMED",
    "400, closed",
    ...["xchunked", "identity", "chunked, identity", "chunked, chunked"].map(chunked),
    post(["Transfer-Encoding: chunked", "Transfer-Encoding: chunked"], "0\r\n\r\n"),
    post(["Transfer-Encoding : chunked"], "0\r\n\r\n"),
  ),
  refused("P03", "gzip before chunked", "TRANSFER_CODING_UNKNOWN", "501, closed", chunked("gzip, chunked")),
  refused(
    "P04",
    "chunks in HTTP/1.0",
    "REQUEST_MALFORMED",
    "400, closed",
    chunked("chunked").replace("HTTP/1.1", "HTTP/1.0"),
  ),
  row("P05", "chunked in any case", "read as chunked", anyCase),
  row("P07", "chunk extensions of half a megabyte", "413", extensions),
  refused("P09", "no Host", "REQUEST_MALFORMED", "400, closed", "GET /open HTTP/1.1\r\n\r\n"),
  refused(
    "P10",
    "two Host lines",
    "REQUEST_MALFORMED",
    "400, closed",
    get("/open", "Host: localhost"),
    get("/open", "Host: evil.example"),
  ),
  row("P11", "a Host that is none, or is not allowed", "400, closed", async (target) => {
    for (const host of HOSTS)
      await target.denyBytes("REQUEST_MALFORMED", `GET /open HTTP/1.1\r\nHost: ${host}\r\n\r\n${HIDDEN}`);
    await target.denyBytes("HOST_REFUSED", `GET /open HTTP/1.1\r\nHost: evil.example\r\n\r\n${HIDDEN}`);
  }),
  refused(
    "P12",
    "a whole URL as target",
    "REQUEST_MALFORMED",
    "400, closed",
    ...["http://evil.com/x", "http://a@evil.com/x", "http://localhost/open"].map((path) => get(path)),
  ),
  refused(
    "P13",
    "a target that begins with two slashes",
    "REQUEST_MALFORMED",
    "400, closed",
    get("//evil.com/x"),
    get("//open"),
  ),
  refused(
    "P14",
    "dot segments, backslash, fragment, asterisk",
    "REQUEST_MALFORMED",
    "400, closed",
    ...TARGETS_WITH_DOTS.map((path) => get(path)),
  ),
  refused(
    "P15",
    "bytes and methods that HTTP does not know",
    "REQUEST_MALFORMED",
    "400, closed",
    ...["/op en", "/\u00c3\u00a4", "/open\0"].map((path) => get(path)),
    ...["get", "BREW"].map((method) => message(`${method} /open HTTP/1.1`, [])),
  ),
  row("P16", "methods that no route has", "405 with Allow", otherMethods),
  refused(
    "P17",
    "CONNECT",
    "METHOD_NOT_ALLOWED",
    "405, closed",
    "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n",
  ),
  refused("P19", "HTTP/1.2", "REQUEST_MALFORMED", "400, closed", message("GET /open HTTP/1.2", [])),
  refused(
    "P20",
    "headers of 17 and 40 kB",
    "HEADERS_TOO_LARGE",
    "431, closed",
    ...[17_000, 40_000].map((size) => get("/open", `X-A: ${"b".repeat(size)}`)),
  ),
  refused(
    "P21",
    "1500 header lines",
    "HEADERS_TOO_LARGE",
    "431, closed",
    ...[1499, 100].map((count) => get("/open", ...Array<string>(count).fill("X-A: b"))),
  ),
  row("P25", "header names with an underscore", "not taken for those with a hyphen", underscores, LIMITED_BEHIND_PROXY),
  refused(
    "P29",
    "Upgrade: h2c",
    "UPGRADE_REFUSED",
    "426 (03), not switched",
    get("/open", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABk"),
  ),
  row("P30", "a second request behind a refused body", "not answered; behind a read one it is", pipelined),
  row("P31", "a handler that lies about its length", "500", async (target) => {
    await target.deny500("/false-length");
  }),
];
