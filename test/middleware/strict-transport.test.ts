import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { SettingOverrides } from "../../src/config/load-settings.ts";
import { newApp } from "../app/test-app.ts";

const BEHIND_PROXY = { TINA4_HSTS: "60", TINA4_TRUSTED_PROXIES: "10.0.0.0/8" };

async function strictTransport(settings: SettingOverrides, from: string, protocol: string): Promise<string | null> {
  const { app } = newApp(settings);
  const headers = { Host: "a", "X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": protocol };
  const response = await app.dispatch({ path: "/", remoteAddress: from, headers });
  await app.close();
  return response.headers.get("Strict-Transport-Security");
}

describe("stageStrictTransport", () => {
  it("sends the header where a trusted proxy says that the request came over HTTPS", async () => {
    assert.match((await strictTransport(BEHIND_PROXY, "10.1.2.3", "https")) ?? "", /^max-age=60\b/);
    assert.equal(await strictTransport(BEHIND_PROXY, "10.1.2.3", "http"), null);
  });

  it("believes no stranger who says so", async () => {
    assert.equal(await strictTransport(BEHIND_PROXY, "192.0.2.9", "https"), null);
  });

  it("sends nothing without the setting", async () => {
    assert.equal(await strictTransport({ TINA4_TRUSTED_PROXIES: "10.0.0.0/8" }, "10.1.2.3", "https"), null);
  });
});
