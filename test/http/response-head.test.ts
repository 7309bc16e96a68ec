import assert from "node:assert/strict";
import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { describe, it } from "node:test";
import { Response } from "../../src/http/response.ts";

const CONTEXT = { method: "GET", secure: false, raw: new IncomingMessage(new Socket()), formToken: () => "" };
const COMMON = ["X-Content-Type-Options", "nosniff"];

describe("ResponseHead", () => {
  it("is produced by a status, and not by headers and cookies alone", () => {
    const response = create();
    response.header("X-A", "1").cookie("a", "b").removeHeader("X-A");
    assert.equal(response.produced, false);
    assert.equal(response.statusCode, 200);
    response.status(404);
    assert.equal(response.produced, true);
    assert.equal(response.statusCode, 404);
  });

  it("takes a status from 200 to 599, and keeps the one it has when another is refused", () => {
    for (const code of [200, 299, 418, 599]) assert.equal(create().status(code).statusCode, code);
    for (const code of [0, 99, 100, 101, 199, 600, 200.5, Number.NaN, "200" as never, null as never]) {
      const response = create();
      assert.throws(() => response.status(code), { code: "RESPONSE_INVALID", message: /from 200 to 599/ });
      assert.equal(response.statusCode, 200);
      assert.equal(response.produced, false);
    }
  });

  it("sets, reads and removes headers by their name in any case", () => {
    const response = create().header("X-Count", 7).header("X-Request-ID", "a").header("x-content-type-options", "off");
    assert.equal(response.getHeader("X-Request-ID"), "a");
    response.removeHeader("X-Request-ID");
    assert.equal(response.getHeader("x-count"), "7");
    assert.deepEqual(fields(response), [...["X-Content-Type-Options", "off"], ...["X-Count", "7"]]);
    response.removeHeader("X-COUNT").removeHeader("X-Content-Type-Options");
    assert.equal(response.getHeader("X-Count"), undefined);
    assert.deepEqual(fields(response), []);
  });

  it("refuses a header with a line end, a NUL or a character beyond Latin-1, and sends none of it (H07)", () => {
    const response = create();
    for (const value of ["a\r\nX-Evil: 1", "a\nb", "a\u0000b", "\u2028", "\u20ac"]) {
      assert.throws(() => response.header("X-A", value), { code: "HEADER_INVALID" });
      assert.throws(() => response.header("Content-Type", value), { code: "HEADER_INVALID" });
      assert.throws(() => response.header(value, "a"), { code: "HEADER_INVALID" });
      assert.throws(() => response.cookie("a", value), { code: "COOKIE_INVALID" });
      assert.throws(() => response.cookie(value, "a"), { code: "COOKIE_INVALID" });
    }
    assert.throws(() => response.header("X-A", undefined as never), { code: "HEADER_INVALID" });
    assert.deepEqual(fields(response), COMMON);
  });

  it("lets nobody set the length, so that no response can be read as two (P31)", () => {
    for (const name of ["Content-Length", "content-length", "Transfer-Encoding", "Connection"]) {
      assert.throws(() => create().header(name, "5"), { code: "HEADER_INVALID" }, name);
    }
    assert.throws(() => create().header("Content-Length", 5), { code: "HEADER_INVALID" });
  });

  it("prefers the Content-Type that was chosen to that of the body, whichever came first", () => {
    assert.equal(create().getHeader("content-type"), undefined);
    assert.equal(create().text("a").getHeader("Content-Type"), "text/plain; charset=utf-8");
    assert.equal(create().header("Content-Type", "text/csv").text("a").getHeader("content-type"), "text/csv");
    assert.equal(create().text("a").header("content-type", "text/csv").getHeader("content-type"), "text/csv");
    const response = create().text("a").header("content-type", "text/csv").removeHeader("Content-Type");
    assert.equal(response.getHeader("content-type"), "text/plain; charset=utf-8");
  });

  it("sends a cookie over HTTPS only when the request came that way, unless told otherwise", () => {
    assert.match(cookieOf(create().cookie("a", "b")), /^a=b; Path=\/; HttpOnly; SameSite=Lax$/);
    assert.match(cookieOf(create(true).cookie("a", "b")), /; Secure;/);
    assert.match(cookieOf(create(true).cookie("a", "b", { secure: undefined })), /; Secure;/);
    assert.doesNotMatch(cookieOf(create(true).cookie("a", "b", { secure: false })), /Secure/);
    assert.throws(() => create().cookie("__Host-a", "b"), { code: "COOKIE_INVALID" });
    assert.match(cookieOf(create(true).cookie("__Host-a", "b")), /^__Host-a=b; Path=\/; HttpOnly; Secure/);
  });

  it("deletes a cookie under the very attributes it was set with (K14)", () => {
    const cleared = cookieOf(create(true).clearCookie("__Host-a"));
    assert.equal(
      cleared,
      "__Host-a=; Max-Age=0; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Lax",
    );
    assert.match(
      cookieOf(create().clearCookie("a", { path: "/shop", domain: "app.example" })),
      /Domain=app.example; Path=\/shop;/,
    );
  });

  describe("its nonce", () => {
    const policyOf = (response: Response): string | undefined => fieldOf(response, "Content-Security-Policy");
    const withPolicy = (policy: string): Response => new Response(CONTEXT, ["Content-Security-Policy", policy]);

    it("has 128 random bits, is one per response, and is made when it is first asked for (H05)", () => {
      const nonces = Array.from({ length: 1000 }, () => create().cspNonce());
      assert.equal(new Set(nonces).size, 1000);
      for (const nonce of nonces) assert.match(nonce, /^[\w-]{22}$/);
      const response = create();
      assert.equal(response.cspNonce(), response.cspNonce());
    });

    it("is in the policy of the framework, or in the one that the program set in its place", () => {
      const response = withPolicy("default-src 'self'");
      const source = `'nonce-${response.cspNonce()}'`;
      assert.equal(policyOf(response), `default-src 'self'; script-src 'self' ${source}; style-src 'self' ${source}`);
      response.header("content-security-policy", "script-src 'none'");
      response.header("Content-Security-Policy-Report-Only", "style-src 'none'");
      assert.equal(policyOf(response), `script-src ${source}`);
      assert.equal(fieldOf(response, "Content-Security-Policy-Report-Only"), `style-src ${source}`);
      assert.equal(policyOf(response.removeHeader("Content-Security-Policy")), undefined);
    });

    it("keeps the response out of every cache, in the program's words where they say so", () => {
      const cached = (value?: string): string | undefined => {
        const response = create();
        if (value !== undefined) response.header("cache-control", value);
        response.cspNonce();
        return fieldOf(response, "Cache-Control");
      };
      assert.equal(cached(), "no-store");
      assert.equal(cached("public, max-age=60"), "no-store");
      assert.equal(cached("private, No-Store"), "private, No-Store");
    });

    it("is dropped with all else when the request fails, and costs nothing where it is not used", () => {
      const response = withPolicy("default-src 'self'");
      const before = response.finalHeaders();
      response.cspNonce();
      response.reset();
      assert.deepEqual(response.finalHeaders(), before);
    });
  });

  it("forgets what a failed handler did, and keeps what every answer carries", () => {
    const response = create();
    response.stage("X-Request-ID", "abc");
    response.cookie("session", "evil").header("X-A", "1").header("Content-Type", "text/html").html("<b>", 201);
    response.removeHeader("X-Content-Type-Options");
    response.reset();
    assert.deepEqual(response.finalHeaders(), [...COMMON, "X-Request-ID", "abc", "Content-Length", "0"]);
    assert.deepEqual([response.produced, response.statusCode, response.body], [false, 200, null]);
  });
});

function create(secure = false): Response {
  return new Response({ ...CONTEXT, secure }, COMMON);
}

function fieldOf(response: Response, name: string): string | undefined {
  const all = response.finalHeaders();
  const index = all.findIndex((text, at) => at % 2 === 0 && text.toLowerCase() === name.toLowerCase());
  return index < 0 ? undefined : all[index + 1];
}

/** All headers but the length. */
function fields(response: Response): string[] {
  return response.finalHeaders().slice(0, -2);
}

function cookieOf(response: Response): string {
  return response.getHeader("Set-Cookie") ?? "";
}
