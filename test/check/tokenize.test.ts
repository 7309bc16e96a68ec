import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { tokenize } from "../../src/check/source/tokenize.ts";
import { sourceFiles } from "../structure/project-files.ts";

const texts = (source: string): string[] => tokenize(source).map(({ text }) => text);
const kinds = (source: string): string[] => tokenize(source).map(({ kind }) => kind);

describe("tokenize", () => {
  it("leaves out space and comments", () => {
    assert.deepEqual(texts("a /* import b */ = // import c\n1;"), ["a", "=", "1", ";"]);
  });

  it("reads a string as one token without its quotes", () => {
    assert.deepEqual(tokenize(`"it's // one"`), [{ kind: "string", text: "it's // one", line: 1, depth: 0 }]);
    assert.deepEqual(texts(String.raw`'a\'b' "c\"d"`), [String.raw`a\'b`, String.raw`c\"d`]);
  });

  it("reads the code inside a template and the text around it", () => {
    assert.deepEqual(texts(`\`a \${f({ b: \`\${c}\` })} d\`;`), [
      "a ",
      "f",
      "(",
      "{",
      "b",
      ":",
      "",
      "c",
      "",
      "}",
      ")",
      " d",
      ";",
    ]);
  });

  it("tells a regular expression from a division", () => {
    assert.deepEqual(kinds("return /[/'\"]/g;"), ["word", "pattern", "mark"]);
    assert.deepEqual(kinds("(a) / b / 2;"), ["mark", "word", "mark", "mark", "word", "mark", "number", "mark"]);
    assert.deepEqual(kinds("f(/`/u, /a\\/b/)").slice(2, 5), ["pattern", "mark", "pattern"]);
  });

  it("keeps arrows, comparisons and assignments apart", () => {
    assert.deepEqual(texts("a => b === c; d ??= e; f = g"), [
      "a",
      "=>",
      "b",
      "===",
      "c",
      ";",
      "d",
      "??=",
      "e",
      ";",
      "f",
      "=",
      "g",
    ]);
  });

  it("counts lines, also through comments and templates", () => {
    const lines = tokenize(`a\n/*\n*/ b \`\n\${c}\n\` d`).map(({ text, line }) => [text, line]);
    assert.deepEqual(
      lines.filter(([text]) => /^[a-d]$/.test(String(text))),
      [
        ["a", 1],
        ["b", 3],
        ["c", 4],
        ["d", 5],
      ],
    );
  });

  it("counts the brackets around a token", () => {
    const depths = tokenize(`a { b([\`\${c}\`]) }`).map(({ text, depth }) => [text, depth]);
    assert.deepEqual(
      depths.filter(([text]) => /^[a-c{}]$/.test(String(text))),
      [
        ["a", 0],
        ["{", 0],
        ["b", 1],
        ["c", 4],
        ["}", 0],
      ],
    );
  });

  it("refuses what is not closed and names the line", () => {
    for (const source of ["\n'a", "\n`a", "\n`${a", "\n{ (", "\n= /a"]) {
      assert.throws(
        () => tokenize(source),
        { name: "SyntaxError", message: "line 2: something is not closed" },
        source,
      );
    }
  });

  it("reads every file of the project", () => {
    assert.ok(sourceFiles("src/").length + sourceFiles("test/").length > 200);
  });
});
