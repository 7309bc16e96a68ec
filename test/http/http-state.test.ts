import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { parseCookies } from "../../src/http/cookie-header.ts";
import { serializeSetCookie } from "../../src/http/set-cookie.ts";

interface Vector {
  readonly test: string;
  readonly sent: readonly { readonly name: string; readonly value: string }[];
}

const VECTORS = process.env.TEST_VECTORS_DIR;
const NO_VECTORS = VECTORS === undefined && "TEST_VECTORS_DIR names no folder";

/** What a user agent may send and we do not take for a cookie. */
const NOT_READ: readonly string[] = [
  // The name is no token.
  ...["CHARSET0002", "CHARSET0003", "NAME0005", "NAME0012", "NAME0013", "NAME0019", "NAME0020", "NAME0021", "NAME0030"],
  // One name has several values, and nobody can say which of them is ours.
  ...["ORDERING0001", "PATH0032"],
];

describe("the cookie vectors of http-state", { skip: NO_VECTORS }, () => {
  it("are read back from the header that a user agent sends, but for names that are none and values that differ", () => {
    for (const { test, sent } of vectors<Vector>("parser.json")) {
      const header = sent.map(({ name, value }) => `${name}=${value}`).join("; ");
      const expected = NOT_READ.includes(test) ? {} : Object.fromEntries(sent.map(({ name, value }) => [name, value]));
      assert.deepEqual({ ...parseCookies(header).values }, expected, test);
    }
  });

  it("have every date written as we write it", () => {
    const dates = ["examples.json", "bsd-examples.json"].flatMap((file) =>
      vectors<{ expected: string | null }>(`dates/${file}`),
    );
    const expected = new Set(dates.map((date) => date.expected).filter((date) => date !== null));
    assert.ok(expected.size > 10);
    for (const date of expected) {
      assert.ok(serializeSetCookie("a", "b", { expires: new Date(date) }).includes(`; Expires=${date}; `), date);
    }
  });
});

function vectors<Kind>(file: string): readonly Kind[] {
  const text = readFileSync(join(VECTORS ?? "", "http-state", file), "utf8");
  return JSON.parse(text.replace(/^\/\/.*$/gm, ""));
}
