import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { describe, it } from "node:test";
import { assertNone } from "../structure/assert-none.ts";
import { PROJECT_ROOT, projectFiles } from "../structure/project-files.ts";

const LINK = /\]\(([^)\s]+)\)/g;
const PATH = /`([\w.-]+\/[\w./-]*)`/g;

const documents = projectFiles().filter((name) => name.endsWith(".md"));

describe("the documents", () => {
  it("link only to files that are there", () => {
    assert.ok(documents.length > 5);
    assertNone(documents.flatMap((name) => deadLinks(name, readFileSync(PROJECT_ROOT + name, "utf8"))));
  });

  it("link only to headings that are there", () => {
    assertNone(documents.flatMap((name) => deadAnchors(name, readFileSync(PROJECT_ROOT + name, "utf8"))));
  });

  it("are all found from README.md, where they are guides or references", () => {
    const readme = readFileSync(`${PROJECT_ROOT}README.md`, "utf8");
    const meant = documents.filter((name) => /^docs\/(?:guides|reference)\//.test(name));
    assert.ok(meant.length > 20, `${meant.length} documents`);
    assertNone(meant.filter((name) => !readme.includes(`](${name})`)));
  });

  it("answer the questions of ARCHITECTURE.md with files that are there", () => {
    const text = readFileSync(`${PROJECT_ROOT}ARCHITECTURE.md`, "utf8");
    const paths = Array.from(text.matchAll(PATH), ([, path = ""]) => path);
    assert.ok(paths.length > 60, `${paths.length} paths`);
    assertNone(paths.filter((path) => !["src/", ""].some((folder) => existsSync(PROJECT_ROOT + folder + path))));
  });

  it("prove every guarantee of SECURITY.md with a test", () => {
    const text = readFileSync(`${PROJECT_ROOT}SECURITY.md`, "utf8");
    const rows = /^## Guarantees\n(.*?)^## /ms.exec(text)?.[1]?.match(/^\|(?! what |---| \*\*).*$/gm) ?? [];
    assert.ok(rows.length >= 25, `${rows.length} guarantees`);
    assertNone(rows.filter((row) => !/\]\(test\/[\w/-]+\.test\.ts\)/.test(row)));
  });
});

describe("deadLinks", () => {
  it("names file and line of a link that leads nowhere, and leaves other sites alone", () => {
    const text = "[a](../README.md#try-it) [b](https://example.com/x.md) [c](#here)\n[d](nowhere.md)";
    assert.deepEqual(deadLinks("docs/a.md", text), ["docs/a.md:2: nowhere.md"]);
  });
});

describe("deadAnchors", () => {
  it("names a heading that is not there, in this file or another", () => {
    const text =
      "# A title, `code` & more\n[a](#a-title-code--more) [b](#b)\n[c](../README.md#try-it) [d](../README.md#try-that)";
    assert.deepEqual(deadAnchors("docs/a.md", text), ["docs/a.md: #b", "docs/a.md: ../README.md#try-that"]);
  });
});

function deadAnchors(name: string, text: string): readonly string[] {
  const targets = Array.from(text.matchAll(LINK), ([, target = ""]) => target).filter((target) =>
    /^(?!\w+:)[^#]*#/.test(target),
  );
  return targets.flatMap((target) => {
    const [file = "", anchor = ""] = target.split("#");
    const path = PROJECT_ROOT + posix.join(posix.dirname(name), file);
    if (file !== "" && !existsSync(path)) return [];
    return headingsOf(file === "" ? text : readFileSync(path, "utf8")).includes(anchor) ? [] : [`${name}: ${target}`];
  });
}

/** The names of a document's headings, as GitHub makes them. */
function headingsOf(text: string): readonly string[] {
  return Array.from(text.matchAll(/^#+ (.*)$/gm), ([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function deadLinks(name: string, text: string): readonly string[] {
  return text.split("\n").flatMap((line, at) =>
    Array.from(line.matchAll(LINK), ([, target = ""]) => target)
      .filter((target) => !/^(?:\w+:|#)/.test(target))
      .filter((target) => !existsSync(PROJECT_ROOT + posix.join(posix.dirname(name), target.replace(/#.*$/, ""))))
      .map((target) => `${name}:${at + 1}: ${target}`),
  );
}
