import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { emptyContent, type SessionContent } from "../../src/session/session-content.ts";
import { readRecord, writeRecord } from "../../src/session/session-record.ts";

const CONTENT: SessionContent = {
  createdAt: 1000,
  data: new Map<string, unknown>([
    ["user_id", 1],
    ["constructor", { a: [null] }],
  ]),
  flash: new Map([["note", "Hello"]]),
  claims: { name: "Zoe" },
  tied: new Map([["token:1", 2000]]),
};

describe("a record of a session", () => {
  it("is read as it was written", () => {
    for (const replaces of ["session:a", undefined]) {
      assert.deepEqual(readRecord(writeRecord({ content: CONTENT, replaces })), { content: CONTENT, replaces });
    }
    for (const mark of ["rotated", "ended"] as const) {
      for (const successor of ["session:a", undefined]) {
        assert.deepEqual(readRecord(writeRecord({ mark, successor })), { mark, successor });
      }
    }
  });

  it("is none where a member is missing or of another kind", () => {
    const parts = JSON.parse(writeRecord({ content: CONTENT }));
    for (const name of ["createdAt", "data", "flash", "claims", "tied"]) {
      for (const value of [undefined, null, "1", [], true]) {
        assert.equal(readRecord(JSON.stringify({ ...parts, [name]: value })), null, `${name}: ${value}`);
      }
    }
    for (const tied of [{ a: "1" }, { a: null }, { a: 1, b: {} }]) {
      assert.equal(readRecord(JSON.stringify({ ...parts, tied })), null);
    }
    for (const text of ["", "{", "1", '"text"', "null", "[]", "{}", '{"mark":"other"}']) {
      assert.equal(readRecord(text), null, text);
    }
  });

  it("names another session by a text only", () => {
    const parts = JSON.parse(writeRecord({ content: emptyContent(1) }));
    for (const key of [1, null, {}, ["session:a"]]) {
      assert.deepEqual(readRecord(JSON.stringify({ ...parts, replaces: key })), {
        content: emptyContent(1),
        replaces: undefined,
      });
      assert.deepEqual(readRecord(JSON.stringify({ mark: "rotated", successor: key })), {
        mark: "rotated",
        successor: undefined,
      });
    }
  });

  it("is none where it names a prototype anywhere, however that is spelt", () => {
    const text = writeRecord({ content: { ...emptyContent(1), data: new Map([["a", { b: 1 }]]) } });
    assert.notEqual(readRecord(text.replace('"b"', '"\\u0062"')), null);
    for (const name of ['"__proto__"', '"\\u005f_proto__"', '"__prot\\u006f__"']) {
      assert.equal(readRecord(text.replace('"b"', name)), null, name);
      assert.equal(readRecord(text.replace('"a"', name)), null, name);
      assert.equal(readRecord(text.replace('"data"', name)), null, name);
    }
  });

  it("has nothing of what is written into all objects of the process", () => {
    const text = writeRecord({ content: emptyContent(1) });
    const everywhere = Object.prototype as { user_id?: number };
    everywhere.user_id = 7;
    try {
      assert.deepEqual(readRecord(text), { content: emptyContent(1), replaces: undefined });
    } finally {
      delete everywhere.user_id;
    }
  });
});
