import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { callsOf, codeOf } from "../../src/check/source/code-of.ts";
import { tokenize } from "../../src/check/source/tokenize.ts";

/** The words and strings of the code that the route in a line runs. */
function wordsAt(line: number, ...source: readonly string[]): readonly string[] {
  const code = codeOf(tokenize(source.join("\n")), line);
  return code.filter(({ kind }) => kind !== "mark").map(({ text }) => text);
}

describe("codeOf", () => {
  it("is what stands between the brackets of the call, and not its chain", () => {
    assert.deepEqual(wordsAt(2, 'get("/a", first);', 'post("/b", (q) => run(q)).name("b");', "last();"), [
      ...["/b", "q", "run", "q"],
    ]);
  });

  it("follows the names of functions and constants of the same file, also through each other", () => {
    const source = [
      'app.post("/a", handler);',
      "async function handler(): Promise<{ a: string }> { return check(1); }",
      "export const check = (n: number) => deep(n);",
      "function unused() { return never; }",
      "class deep { m() { return handler(found); } }",
    ];
    const words = wordsAt(1, ...source);
    for (const word of ["check", "deep", "found"]) assert.ok(words.includes(word), word);
    assert.ok(!words.includes("never"));
  });

  it("ends a function without a semicolon before the next statement", () => {
    const source = ['post("/a", save)', "const save = async (q) => {", "  mine(q)", "}", 'post("/b", other)'];
    assert.deepEqual(wordsAt(1, ...source), ["/a", "save", "async", "q", "mine", "q"]);
  });

  it("is nothing where no route stands in the line", () => {
    assert.deepEqual(wordsAt(1, "run();"), []);
    assert.deepEqual(wordsAt(9, 'get("/a");'), []);
  });
});

describe("callsOf", () => {
  it("finds calls by their names, with calls inside of calls", () => {
    const calls = callsOf(tokenize("get(1, get(2)); head(3); forget(4);"), ["get", "head"]);
    const numbers = calls.map((call) => call.filter(({ kind }) => kind === "number").map(({ text }) => text));
    assert.deepEqual(numbers, [["1", "2"], ["2"], ["3"]]);
  });
});
