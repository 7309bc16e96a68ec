import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { serializeSetCookie } from "../../src/http/set-cookie.ts";
import { sessionCookie } from "../../src/session/session-cookie.ts";

describe("sessionCookie", () => {
  const header = (options: Parameters<typeof sessionCookie>[0], isHttps: boolean): string => {
    const { name, attributes } = sessionCookie(options, isHttps);
    return serializeSetCookie(name, "id", attributes);
  };

  it("is a __Host- cookie over HTTPS, so that the name without the prefix is not read there (K01, S23)", () => {
    assert.equal(header({}, true), "__Host-tina4_session=id; Path=/; HttpOnly; Secure; SameSite=Lax");
  });

  it("is kept from scripts and from forms of other sites, and goes with the browser", () => {
    const attributes = { httpOnly: true, path: "/", sameSite: "lax", secure: true };
    assert.deepEqual(sessionCookie({}, true), { name: "__Host-tina4_session", attributes });
  });

  it("has neither prefix nor Secure over HTTP (K02)", () => {
    assert.equal(header({}, false), "tina4_session=id; Path=/; HttpOnly; SameSite=Lax");
  });

  it("keeps a name of one's own, and takes the SameSite that was chosen", () => {
    assert.equal(
      header({ name: "sid", sameSite: "Strict" }, true),
      "sid=id; Path=/; HttpOnly; Secure; SameSite=Strict",
    );
    assert.equal(header({ name: "sid", sameSite: "None" }, true), "sid=id; Path=/; HttpOnly; Secure; SameSite=None");
  });

  it("refuses to be written with SameSite=None over HTTP (K03)", () => {
    assert.throws(() => header({ sameSite: "None" }, false), { code: "COOKIE_INVALID" });
  });
});
