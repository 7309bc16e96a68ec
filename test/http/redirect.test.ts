import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkRedirect } from "../../src/http/redirect.ts";

describe("checkRedirect", () => {
  it("is 302 after reading and 303 after writing, so that a reload does not post again", () => {
    for (const method of ["GET", "HEAD"]) assert.equal(checkRedirect("/a", method, {}), 302, method);
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
      assert.equal(checkRedirect("/a", method, {}), 303);
  });

  it("takes another status of a redirect, and no other", () => {
    for (const status of [301, 302, 303, 307, 308]) assert.equal(checkRedirect("/a", "GET", { status }), status);
    for (const status of [200, 300, 304, 305, 306, 399, 400, Number.NaN]) {
      assert.throws(() => checkRedirect("/a", "GET", { status }), {
        code: "RESPONSE_INVALID",
        message: /has status 301, 302/,
      });
    }
    assert.equal(checkRedirect("/a", "GET", { status: undefined, external: undefined }), 302);
  });

  it("stays on this site", () => {
    for (const url of [
      "https://evil.example/",
      "//evil.example",
      "/\\evil.example",
      "/.//evil.example",
      "javascript:alert(1)",
      "a",
      "",
    ]) {
      assert.throws(
        () => checkRedirect(url, "GET", {}),
        { code: "REDIRECT_UNSAFE", message: /\{ external: true \} allows/ },
        url,
      );
    }
  });

  it("leaves it for an http or https address when the program says so (D10)", () => {
    for (const url of ["https://other.example/a?b=c#d", "HTTP://other.example:8080", "/a"]) {
      assert.equal(checkRedirect(url, "GET", { external: true }), 302, url);
    }
    for (const url of [
      "javascript:alert(1)",
      "javascript:https://other.example",
      "data:text/html,a",
      "//other.example",
      "https:other.example",
      "ftp://other.example",
    ]) {
      assert.throws(() => checkRedirect(url, "GET", { external: true }), { code: "REDIRECT_UNSAFE" }, url);
    }
    for (const url of [
      "https://",
      "https:///",
      "https:///other.example",
      "http://a b/",
      "https://a\r\nb",
      "https://\u00e4.example",
      "https:\\\\a",
      "https://a\\b",
    ]) {
      assert.throws(() => checkRedirect(url, "GET", { external: true }), { code: "REDIRECT_UNSAFE" }, url);
    }
  });

  it("refuses a line end, which would begin another header (D08, H08)", () => {
    for (const external of [true, false]) {
      for (const url of ["/a\r\nSet-Cookie: a=b", "/a\nb", "https://a.example/\r\nX: y"]) {
        assert.throws(() => checkRedirect(url, "GET", { external }), { code: "REDIRECT_UNSAFE" }, url);
      }
    }
    assert.equal(checkRedirect("/%0d%0aSet-Cookie:", "GET", {}), 302);
  });

  it("stays linear on a hostile address (L07)", () => {
    for (const url of ["http://a".repeat(8192), `http://${"a.".repeat(30_000)}`, `/${"/..".repeat(20_000)}`]) {
      assert.throws(() => checkRedirect(url, "GET", {}), { code: "REDIRECT_UNSAFE" });
    }
  });

  it("refuses an option that it does not know", () => {
    assert.throws(() => checkRedirect("/a", "GET", { extern: true } as object), {
      code: "OPTION_UNKNOWN",
      message: /"external"/,
    });
  });
});
