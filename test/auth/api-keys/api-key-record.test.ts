import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type ApiKeyRecord, apiKeyStanding } from "../../../src/auth/api-keys/api-key-record.ts";

const NOW = Date.UTC(2026, 2, 22);

describe("apiKeyStanding", () => {
  it("is good for an active record, until the moment it expires", () => {
    for (const expiresAt of [undefined, null, new Date(NOW + 1)]) {
      assert.equal(apiKeyStanding({ isActive: true, expiresAt }, NOW), "good");
    }
    assert.equal(apiKeyStanding({ isActive: true, expiresAt: new Date(NOW) }, NOW), "expired");
    assert.equal(apiKeyStanding({ isActive: false, expiresAt: new Date(0) }, NOW), "deactivated");
  });

  it("refuses to guess what a record means that does not say it", () => {
    for (const isActive of [undefined, null, 1, 0, "true", "f"]) {
      const record = { isActive } as unknown as ApiKeyRecord;
      assert.throws(() => apiKeyStanding(record, NOW), { code: "OPTION_INVALID", message: /isActive: true or false/ });
    }
    for (const expiresAt of [new Date("soon"), "2030-01-01", 0]) {
      const record = { isActive: true, expiresAt } as unknown as ApiKeyRecord;
      assert.throws(() => apiKeyStanding(record, NOW), { code: "OPTION_INVALID", message: /must be a Date/ });
    }
  });
});
