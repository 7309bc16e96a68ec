import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkKey, checkRecord } from "../../../src/session/stores/check-record.ts";

describe("checkRecord", () => {
  it("takes any well-formed text up to a MiB of UTF-8, and every time that a Date can hold", () => {
    for (const value of ["", "{}", "ä€\u{1F600}\0\n", "x".repeat(1_048_576), "ä".repeat(524_288)]) {
      for (const expiresAt of [0, 1, 1_700_000_000_000, 8.64e15]) checkRecord({ value, expiresAt });
    }
  });

  it("refuses more than a MiB, and says how much it was", () => {
    for (const value of ["x".repeat(1_048_577), `x${"ä".repeat(524_288)}`]) {
      assert.throws(() => checkRecord({ value, expiresAt: 0 }), {
        code: "SESSION_TOO_LARGE",
        message: "A record may have 1048576 bytes, not 1048577: keep what is large in a database.",
      });
    }
  });

  it("refuses what UTF-8 cannot carry, and what is no text", () => {
    const refused = { code: "SESSION_RECORD_INVALID", message: "The value of a record must be well-formed text." };
    for (const value of ["\ud800", "a\udfffb", 5, null, undefined, ["{}"], Buffer.from("{}")]) {
      assert.throws(() => checkRecord({ value: value as string, expiresAt: 0 }), refused);
    }
  });

  it("refuses a time that is none", () => {
    const message = "A record must expire at a whole number of milliseconds since 1970.";
    const refused = { code: "SESSION_RECORD_INVALID", message };
    for (const time of [-1, 0.5, 8.64e15 + 1, 9e15, Number.NaN, Number.POSITIVE_INFINITY, "5", null, new Date(0)]) {
      assert.throws(() => checkRecord({ value: "{}", expiresAt: time as number }), refused, String(time));
    }
  });
});

describe("checkKey", () => {
  it("takes a word, a colon and a digest", () => {
    for (const key of ["session:mB3-_x", "a:b", `generation:${"x".repeat(100)}`]) checkKey(key);
  });

  it("refuses anything else, before it becomes part of a name or a query", () => {
    const refused = { code: "SESSION_RECORD_INVALID", message: /^The key of a record must match \^\[a-z\]\+:/ };
    const texts = ["", ":", "a", "a:", ":a", "A:b", "a:b c", "a:b/c", "a:b\n", " a:b", "a:b:c", "a:ä", "a1:b"];
    for (const key of [...texts, `a:${"x".repeat(101)}`, null, undefined, 5, ["a:b"], { $ne: "" }]) {
      assert.throws(() => checkKey(key as string), refused, String(key));
    }
  });
});
