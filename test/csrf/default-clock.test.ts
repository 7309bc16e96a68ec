import assert from "node:assert/strict";
import { it } from "node:test";
import { FormTokens } from "../../src/csrf/form-tokens.ts";
import { createSigningKeys } from "../../src/tokens/signing-keys.ts";
import { StoreDouble } from "../auth/store-double.ts";

const START = 1_700_000_000_000;
const keys = createSigningKeys({ secret: "1f0c93b5d7a24e6880bb6e5f34d2c9a7" });

it("FormTokens go by the system's clock, unless they are given another", (test) => {
  test.mock.timers.enable({ apis: ["Date"], now: START });
  const tokens = new FormTokens({ keys, store: new StoreDouble(() => Date.now()), lifetimeSeconds: 600 });
  const token = tokens.issue("holder");
  const isValid = (): boolean => tokens.verifyAll([token], "holder") !== null;
  const seen = [isValid()];
  for (const seconds of [599, 1]) {
    test.mock.timers.setTime(Date.now() + seconds * 1000);
    seen.push(isValid());
  }
  assert.deepEqual(seen, [true, true, false]);
});
