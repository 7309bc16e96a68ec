import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { SettingOverrides } from "../../src/config/load-settings.ts";
import { securityHeaders, stageStrictTransport } from "../../src/middleware/security-headers-middleware.ts";
import type { Services } from "../../src/middleware/services.ts";
import { newApp } from "../app/test-app.ts";

describe("securityHeaders", () => {
  it("say the same of every application that says nothing", () => {
    assert.deepEqual(securityHeaders(newApp().app.settings), [
      ...["X-Frame-Options", "SAMEORIGIN"],
      ...["X-Content-Type-Options", "nosniff"],
      "Content-Security-Policy",
      "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'self'",
      ...["Referrer-Policy", "strict-origin-when-cross-origin"],
      ...["X-XSS-Protection", "0"],
      ...["Permissions-Policy", "camera=(), microphone=(), geolocation=()"],
    ]);
  });
});

describe("stageStrictTransport", () => {
  it("is no step where there is nothing to send, nobody to say HTTPS, or the header on every response already", () => {
    const isPlanned = (settings: SettingOverrides): boolean =>
      stageStrictTransport({ settings: newApp(settings).app.settings } as Services) !== undefined;
    const [hsts, proxies] = [{ TINA4_HSTS: "60" }, { TINA4_TRUSTED_PROXIES: "10.0.0.0/8" }];
    assert.equal(isPlanned({ ...hsts, ...proxies }), true);
    const https = { TINA4_PUBLIC_ORIGIN: "https://shop.example" };
    for (const settings of [hsts, proxies, { ...hsts, ...proxies, ...https }]) assert.equal(isPlanned(settings), false);
  });
});
