import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readRecord, writeRecord } from "../../src/session/session-record.ts";

const WRITTEN = {
  createdAt: 1,
  data: { user_id: 7 },
  flash: { note: "Hello" },
  claims: { auth_time: 1 },
  tied: { "family:a": 5 },
};
const CONTENT = {
  createdAt: 1,
  data: new Map([["user_id", 7]]),
  flash: new Map([["note", "Hello"]]),
  claims: { auth_time: 1 },
  tied: new Map([["family:a", 5]]),
};

describe("readRecord", () => {
  it("reads what writeRecord wrote", () => {
    for (const record of [
      { content: CONTENT, replaces: "session:b" },
      { content: CONTENT, replaces: undefined },
      { mark: "rotated", successor: "session:c" },
      { mark: "ended", successor: undefined },
    ] as const) {
      assert.deepEqual(readRecord(writeRecord(record)), record);
    }
  });

  it("takes what another program has written for none, in whichever member it differs", () => {
    const changed = { createdAt: "1", data: [], flash: null, claims: "none", tied: undefined };
    for (const [name, value] of Object.entries(changed)) {
      assert.equal(readRecord(JSON.stringify({ ...WRITTEN, [name]: value })), null, name);
    }
    for (const text of ["", "{", "7", "null", "[]", "{}", '{"mark":"other"}'])
      assert.equal(readRecord(text), null, text);
  });

  it("takes one for none whose ties do not end at a time", () => {
    for (const endsAt of ["5", null, [5], {}]) {
      const record = { ...WRITTEN, tied: { "family:a": 5, "family:b": endsAt } };
      assert.equal(readRecord(JSON.stringify(record)), null, JSON.stringify(endsAt));
    }
  });

  it("takes one for none that names a prototype, however that is spelled", () => {
    for (const name of ["__proto__", "__pr\\u006fto__"]) {
      assert.equal(readRecord(JSON.stringify(WRITTEN).replace("user_id", name)), null, name);
    }
  });
});
