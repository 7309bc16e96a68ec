import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { TOKEN_PURPOSES } from "../../src/tokens/token-purpose.ts";

const rules = Object.values(TOKEN_PURPOSES);

describe("TOKEN_PURPOSES", () => {
  it("gives every purpose a typ and a key label of its own", () => {
    assert.equal(new Set(rules.map((rule) => rule.typ)).size, rules.length);
    assert.equal(new Set(rules.map((rule) => rule.keyLabel)).size, rules.length);
  });

  it("keeps every typ and key label as it is, since tokens outlive an upgrade", () => {
    assert.deepEqual(
      rules.map(({ typ, keyLabel }) => [typ, keyLabel]),
      [
        ["JWT", null],
        ["form+jwt", "tina4 form token"],
        ["refresh+jwt", "tina4 refresh token"],
        ["ticket+jwt", "tina4 socket ticket"],
      ],
    );
  });

  it("lets only the token that other libraries know go without typ and without a derived key", () => {
    assert.deepEqual(TOKEN_PURPOSES.access, { typ: "JWT", typRequired: false, keyLabel: null });
    for (const rule of rules.filter((each) => each !== TOKEN_PURPOSES.access)) {
      assert.equal(rule.typRequired, true);
      assert.notEqual(rule.keyLabel, null);
    }
  });
});
