import assert from "node:assert/strict";
import { it } from "node:test";
import type { Settings } from "../../src/config/settings.ts";
import type { Request } from "../../src/http/request.ts";
import { sessionCookieReader } from "../../src/middleware/session-cookie-reader.ts";

it("sessionCookieReader finds the cookie of HTTPS over HTTPS alone, and the plain one nowhere else", () => {
  const settings = { TINA4_SESSION_NAME: "tina4_session", TINA4_SESSION_SAMESITE: "Lax" } as Settings;
  const read = sessionCookieReader(settings);
  const over = (secure: boolean): unknown =>
    read({ secure, raw: { headers: { cookie: "tina4_session=plain; __Host-tina4_session=https" } } } as Request);
  assert.deepEqual([over(true), over(false)], ["https", "plain"]);
});
