import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { partText } from "../../src/tokens/part-text.ts";

describe("partText", () => {
  it("gives the text of base64url", () => {
    for (const text of ["", "{}", '{"name":"Zoë"}', "\u{1f600}"]) {
      assert.equal(partText(Buffer.from(text).toString("base64url")), text);
    }
  });

  it("refuses what is not canonical base64url", () => {
    for (const part of ["e30=", "e3", "e31", "e 30", "e30\n", "+/+/"]) assert.equal(partText(part), null, part);
  });

  it("refuses bytes that are not UTF-8", () => {
    for (const bytes of [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82]]) {
      const json = Buffer.concat([Buffer.from('{"a":"'), Buffer.from(bytes), Buffer.from('"}')]);
      assert.equal(partText(json.toString("base64url")), null, json.toString("hex"));
    }
  });
});
