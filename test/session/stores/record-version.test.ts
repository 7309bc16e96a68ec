import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { expiryOf, isOutdated, isVersion, nextRecordVersion } from "../../../src/session/stores/record-version.ts";

const [A, B, C] = ["AAAABBBBCCCCDDD1", "AAAABBBBCCCCDDD2", "AAAABBBBCCCCDDD3"];

describe("nextRecordVersion", () => {
  it("names the state before, a random id and the expiry", () => {
    assert.match(nextRecordVersion(null, 5000), /^new\.[\w-]{16}\.5000$/);
    assert.match(nextRecordVersion(`${A}.${B}.5000`, 7000), new RegExp(`^${B}\\.[\\w-]{16}\\.7000$`));
    assert.notEqual(nextRecordVersion(null, 5000), nextRecordVersion(null, 5000));
  });

  it("is a version, of which the expiry can be read", () => {
    for (const expiresAt of [0, 1_700_000_000_000, 8.64e15]) {
      const version = nextRecordVersion(null, expiresAt);
      assert.deepEqual([isVersion(version), expiryOf(version)], [true, expiresAt]);
    }
  });
});

describe("isVersion", () => {
  it("takes nothing else for a version, above all no path", () => {
    const version = `new.${A}.5000`;
    const almost = [`now.${version}`, `${version}/..`, `../${version}`, `${version}\n`, ` ${version}`, `${version}\0`];
    const parts = ["", "new", `${A}.5000`, `old.${A}.5000`, `new.${A}`, `new.${A}.`, `new.${A}x.5000`, `new.${A}.5e3`];
    for (const text of [...almost, ...parts, `new.${A}.${"1".repeat(17)}`]) assert.equal(isVersion(text), false, text);
    for (const text of [version, `${A}.${B}.5000`]) assert.equal(isVersion(text), true, text);
  });
});

describe("isOutdated", () => {
  it("is true of a draft that was to follow a state which is past", () => {
    assert.equal(isOutdated(`${A}.${B}.1`, `${B}.${C}.1`), true);
    assert.equal(isOutdated(`new.${B}.1`, `new.${C}.1`), true);
  });

  it("is false of the state that holds, and of a draft that may follow it", () => {
    assert.equal(isOutdated(`${A}.${B}.1`, `${A}.${B}.1`), false);
    assert.equal(isOutdated(`${B}.${C}.1`, `${A}.${B}.1`), false);
  });
});
