import assert from "node:assert/strict";
import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { after, before, describe, it } from "node:test";
import { Response } from "../../src/http/response.ts";
import { type BareServer, startBareServer } from "./bare-server.ts";

describe("Response", () => {
  it("answers with JSON, as a call and as a method", () => {
    for (const response of [create()({ a: 1 }, 201), create().json({ a: 1 }, 201)]) {
      assert.deepEqual([response.statusCode, response.body, response.produced], [201, '{"a":1}', true]);
      assert.equal(response.getHeader("Content-Type"), "application/json; charset=utf-8");
    }
    assert.equal(create().json(null).body, "null");
    assert.throws(() => create().json(undefined), { code: "RESPONSE_INVALID" });
  });

  it("answers with text, markup and bytes under their own types (H13)", () => {
    assert.equal(create().text("<b>").getHeader("Content-Type"), "text/plain; charset=utf-8");
    assert.equal(create().html("<b>").getHeader("Content-Type"), "text/html; charset=utf-8");
    assert.equal(create().bytes(new Uint8Array(1), "image/png").getHeader("Content-Type"), "image/png");
    assert.throws(() => create().bytes(new Uint8Array(1), "a\r\nb"), { code: "HEADER_INVALID" });
    for (const value of [7, null, undefined, {}]) {
      assert.throws(() => create().text(value as never), { code: "RESPONSE_INVALID", message: /needs a text/ });
      assert.throws(() => create().html(value as never), { code: "RESPONSE_INVALID" });
    }
  });

  it("is no promise, whatever a polluted Object.prototype offers (CWE-1321)", async () => {
    const response = create();
    const offered = { configurable: true, value: (take: (stolen: string) => void) => take("stolen") };
    // biome-ignore lint/suspicious/noThenProperty: for this moment alone
    Object.defineProperty(Object.prototype, "then", offered);
    const resolved = Promise.resolve(response);
    Reflect.deleteProperty(Object.prototype, "then");
    assert.equal(await resolved, response);
  });

  it("keeps a status that was set before, and takes the last of several answers", () => {
    assert.equal(create().status(202).json({}).statusCode, 202);
    const response = create().json({ a: 1 }, 500).text("b", 200);
    assert.deepEqual([response.statusCode, response.body], [200, "b"]);
  });

  it("produces nothing when the status is refused", () => {
    const response = create();
    assert.throws(() => response.json({}, 99), { code: "RESPONSE_INVALID" });
    assert.deepEqual([response.produced, response.body], [false, null]);
  });

  it("answers an error as JSON, with an error status only", () => {
    const response = create().error("No such order", 404);
    assert.deepEqual([response.statusCode, response.body], [404, '{"error":"No such order"}']);
    assert.equal(create().error("a", 400).statusCode, 400);
    assert.throws(() => create().error("a", 399), { code: "RESPONSE_INVALID", message: /from 400 to 599/ });
  });

  it("redirects within this site, without a body that could show the address (D14)", () => {
    const response = create().redirect("/login?redirect=%2Fa");
    assert.deepEqual([response.statusCode, response.body], [302, null]);
    assert.equal(response.getHeader("Location"), "/login?redirect=%2Fa");
    assert.equal(create("POST").redirect("/a").statusCode, 303);
    assert.equal(create("POST").redirect("/a", 307).statusCode, 307);
    assert.equal(create().redirect("https://other.example/", { external: true, status: 301 }).statusCode, 301);
  });

  it("refuses a redirect to another site, and says nothing to the client by then (H08)", () => {
    for (const url of ["//evil.example", "/a\r\nSet-Cookie: a=b", "javascript:alert(1)"]) {
      const response = create();
      assert.throws(() => response.redirect(url), { code: "REDIRECT_UNSAFE" });
      assert.deepEqual([response.produced, response.getHeader("Location")], [false, undefined]);
    }
  });

  it("has no body and no body headers where the status forbids them", () => {
    for (const status of [204, 304]) {
      const response = create().json({ a: 1 }, status);
      assert.deepEqual([response.body, response.finalHeaders()], [null, []], String(status));
    }
    assert.deepEqual(create().noContent().finalHeaders(), []);
    assert.deepEqual(create().text("a", 205).finalHeaders(), ["Content-Length", "0"]);
    assert.equal(create().noContent().text("a", 200).body, "a");
  });

  it("states the length in bytes", () => {
    assert.deepEqual(create().text("\u00e4\u20ac").finalHeaders().slice(-2), ["Content-Length", "5"]);
    assert.deepEqual(create().bytes(new Uint8Array(3), "a/b").finalHeaders().slice(-2), ["Content-Length", "3"]);
    assert.deepEqual(create().status(404).finalHeaders(), ["Content-Length", "0"]);
  });

  it("does in reverse order what was registered for its departure", () => {
    assert.equal(create().departures, undefined);
    const response = create();
    const done: number[] = [];
    for (const step of [1, 2, 3]) response.onDeparture(() => void done.push(step));
    for (const depart of response.departures ?? []) void depart();
    assert.deepEqual(done, [3, 2, 1]);
  });
});

describe("Response on the wire", () => {
  let server: BareServer;
  let handle: (response: Response) => void = () => undefined;

  before(async () => {
    server = await startBareServer((raw, rawResponse) => {
      const response = new Response({ method: raw.method ?? "", secure: false, raw, formToken: () => "" }, [
        "X-Common",
        "1",
      ]);
      handle(response);
      rawResponse.sendDate = false;
      rawResponse.writeHead(response.statusCode, response.finalHeaders()).end(response.takeBody() ?? undefined);
    });
  });
  after(() => server.stop());

  /** What two requests on one connection get, which shows that the first answer ends where it should. */
  function answers(method: string): Promise<string> {
    const request = `${method} / HTTP/1.1\r\nHost: a\r\n`;
    return server.send(`${request}\r\n${request}Connection: close\r\n\r\n`);
  }

  it("sends every header once, cookies apart", async () => {
    handle = (response) => response.cookie("a", "1").cookie("b", "2").header("X-Common", "2").json({ a: "\u20ac" });
    const answer = [
      ...["HTTP/1.1 200 OK", "X-Common: 2", "Set-Cookie: a=1; Path=/; HttpOnly; SameSite=Lax"],
      ...["Set-Cookie: b=2; Path=/; HttpOnly; SameSite=Lax", "Content-Type: application/json; charset=utf-8"],
      ...["Content-Length: 11"],
    ].join("\r\n");
    const body = Buffer.from('{"a":"\u20ac"}').toString("latin1");
    const received = (await answers("GET")).replaceAll(/(?:Connection|Keep-Alive): .*\r\n/g, "");
    assert.equal(received, `${answer}\r\n\r\n${body}${answer}\r\n\r\n${body}`);
  });

  it("sends to HEAD the headers of GET and no body", async () => {
    handle = (response) => response.text("hello");
    const received = await answers("HEAD");
    assert.equal(received.match(/Content-Length: 5\r\n/g)?.length, 2);
    assert.doesNotMatch(received, /hello/);
  });

  it("sends nothing after the headers of 204, 205 and 304", async () => {
    for (const status of [204, 205, 304]) {
      handle = (response) => response.text("hello", status);
      const received = await answers("GET");
      assert.equal(received.match(/HTTP\/1\.1 \d{3}/g)?.join(), `HTTP/1.1 ${status},HTTP/1.1 ${status}`);
      assert.doesNotMatch(received, /hello|Content-Type|chunked/);
    }
  });
});

function create(method = "GET"): Response {
  return new Response({ method, secure: false, raw: new IncomingMessage(new Socket()), formToken: () => "" }, []);
}

describe("response.error with its arguments in the order of others", () => {
  it("is refused, and the order told", () => {
    assert.throws(() => create().error(401 as never, "x" as never), { message: /response\.error\(message, status\)/ });
  });
});
