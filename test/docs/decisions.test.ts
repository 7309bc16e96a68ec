import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { PROJECT_ROOT } from "../structure/project-files.ts";

const FOLDER = `${PROJECT_ROOT}docs/decisions/`;
const INDEX = "README.md";

describe("the decisions", () => {
  const files = readdirSync(FOLDER)
    .filter((name) => name !== INDEX)
    .sort();
  const titles = files.map((name) => /^# (.*)\n/.exec(readFileSync(FOLDER + name, "utf8"))?.[1] ?? "");

  it("are numbered without a gap, in their names and in their titles", () => {
    assert.ok(files.length >= 18);
    for (const [index, name] of files.entries()) {
      assert.ok(name.startsWith(`${String(index + 1).padStart(4, "0")}-`), name);
      assert.match(titles[index] ?? "", new RegExp(`^${index + 1}\\. \\S`), name);
    }
  });

  it("are all listed, in order, by their titles", () => {
    const listed = [...readFileSync(FOLDER + INDEX, "utf8").matchAll(/^(\d+\. )\[(.*)\]\((.*)\)$/gm)];
    const expected = files.map((name, index) => [titles[index], name]);
    assert.deepEqual(
      listed.map(([, number, title, name]) => [`${number}${title}`, name]),
      expected,
    );
  });
});
