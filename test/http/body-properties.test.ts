import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parseFormFields } from "../../src/http/form-fields.ts";
import { parseJsonBody } from "../../src/http/json-body.ts";

const MAX_FIELDS = 1000;
const MAX_DEPTH = 32;
const JSON_PIECES =
  '{|}|[|]|,|:|"|\\|"a"|"b":|"__proto__":|"\\u005f_proto__":|"constructor":|"prototype":|1|-1|0|01|1e400|.5|true|null|NaN| |\n|\t|\u00a0|\ufeff|/**/|\\u0000|\ud800|\u{1f600}|{"a":[|]}|[[[[|]]]]';
const FORM_PIECES = "a|b|=|&|+|%20|%2B|%26|%3D|%C3%A4|%ed%a0%80|%c3|%|%4|%zz|;|?|#|/| |\u00e4|\0|%00|\ud83d\ude00";

describe("parseJsonBody on any sequence of pieces of JSON", () => {
  it("gives what JSON.parse gives, exactly where that is an object or array without a name that reaches a prototype", () => {
    let read = 0;
    const piece = fc.constantFrom(...JSON_PIECES.split("|"));
    const value = fc.oneof(
      fc.json({ maxDepth: 2 }),
      fc.array(piece, { maxLength: 6 }).map((all) => all.join("")),
    );
    const around = fc.constantFrom(
      ["", ""],
      ["[", "]"],
      ['{"a":', "}"],
      ['{"constructor":', "}"],
      ['{"__proto__":', "}"],
    );
    const property = fc.property(fc.array(around, { maxLength: 4 }), value, (wraps, inner) => {
      const json = wraps.reduce((text, [before, after]) => before + text + after, inner);
      const bytes = Buffer.from(json);
      const parsed = parsedByEngine(bytes.toString());
      const isFit =
        typeof parsed === "object" && parsed !== null && !reachesPrototype(parsed) && depthOf(parsed) <= MAX_DEPTH;
      const { value: body, refusal } = parseJsonBody(bytes);
      assert.equal(body !== undefined, isFit, json);
      assert.equal(refusal?.code, isFit ? undefined : "BODY_MALFORMED");
      if (isFit) assert.equal(JSON.stringify(body), JSON.stringify(parsed));
      read += isFit ? 1 : 0;
    });
    fc.assert(property, { seed: 7148, numRuns: 4000 });
    assert.ok(read > 500, `${read} were read`);
    assert.deepEqual(Object.keys(Object.prototype), []);
  });
});

describe("parseFormFields on any sequence of pieces of a form", () => {
  it("gives what URLSearchParams gives, wherever that had nothing to guess", () => {
    let read = 0;
    const text = fc.array(fc.constantFrom(...FORM_PIECES.split("|")), { maxLength: 12 }).map((all) => all.join(""));
    const property = fc.property(text, (text) => {
      const { value, refusal } = parseFormFields(text, MAX_FIELDS);
      if (value === undefined) {
        assert.equal(refusal?.code, "BODY_MALFORMED");
        assert.throws(() => decodeURIComponent(text), URIError, text);
        return;
      }
      read += 1;
      assert.deepEqual({ ...value }, Object.fromEntries(new URLSearchParams(`&${text}`)), text);
    });
    fc.assert(property, { seed: 7148, numRuns: 4000 });
    assert.ok(read > 1000, `${read} were read`);
  });

  it("gives back any record of texts and lists that was written with brackets, at any depth", () => {
    const name = fc.stringMatching(/^[a-z.&=+% \u00e4]{1,4}$/);
    const leaf = fc.oneof(fc.string({ unit: "grapheme" }), fc.array(fc.string({ unit: "grapheme" }), { minLength: 1 }));
    const { record } = fc.letrec((tie) => ({
      record: fc.dictionary(name, fc.oneof({ maxDepth: 4 }, leaf, tie("record")), { minKeys: 1, maxKeys: 3 }),
    }));
    const property = fc.property(record, (fields) => {
      const { value } = parseFormFields(new URLSearchParams(pairsOf(fields as object)).toString(), 100_000);
      assert.equal(JSON.stringify(value), JSON.stringify(fields));
    });
    fc.assert(property, { seed: 7148, numRuns: 500 });
  });
});

function parsedByEngine(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reachesPrototype(value: unknown, isConstructor = false): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(
    ([name, member]) =>
      name === "__proto__" ||
      (isConstructor && name === "prototype") ||
      reachesPrototype(member, name === "constructor"),
  );
}

function depthOf(value: unknown): number {
  return typeof value === "object" && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
}

function pairsOf(record: object, prefix = ""): [string, string][] {
  return Object.entries(record).flatMap(([name, value]): [string, string][] => {
    const path = prefix === "" ? name : `${prefix}[${name}]`;
    if (typeof value === "string") return [[path, value]];
    if (Array.isArray(value)) return value.map((item) => [`${path}[]`, item]);
    return pairsOf(value as object, path);
  });
}
