import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { SETTINGS } from "../../src/config/settings.ts";
import { cspDirectives } from "../../src/config/weak-settings/csp-directives.ts";
import { isWideNetwork } from "../../src/config/weak-settings/is-wide-network.ts";
import { WEAK_SETTINGS } from "../../src/config/weak-settings.ts";

describe("WEAK_SETTINGS", () => {
  it("names settings that exist", () => {
    for (const { id, setting } of WEAK_SETTINGS) assert.ok(Object.hasOwn(SETTINGS, setting), id);
  });
});

describe("isWideNetwork", () => {
  const NARROW = ["10.0.0.1", "10.1.0.0/16", "192.168.0.0/24", "203.0.113.0/24", "fd00::/48", "2001:db8::/56", "::1"];
  const WIDE = ["10.0.0.0/15", "203.0.113.0/23", "128.0.0.0/1", "fd00::/47", "2001:db8::/55", "fc00::/7", "8.0.0.0/16"];

  it("calls a network of a rack narrow", () => {
    assert.deepEqual(NARROW.filter(isWideNetwork), []);
  });

  it("calls a network of strangers wide", () => {
    assert.deepEqual(
      WIDE.filter((network) => !isWideNetwork(network)),
      [],
    );
  });
});

describe("cspDirectives", () => {
  it("reads names in lower case, and of two of a name the first", () => {
    const policy = "Default-Src 'self';; script-src a  b ; script-src c;sandbox";
    assert.deepEqual(
      [...cspDirectives(policy)],
      [
        ["default-src", ["'self'"]],
        ["script-src", ["a", "b"]],
        ["sandbox", []],
      ],
    );
  });
});
