import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { starterFiles } from "../../src/cli/starter-files.ts";
import { PROJECT_ROOT } from "../structure/project-files.ts";

const files = new Map(
  starterFiles({ PROJECT_NAME: "demo", TINA4_VERSION: "^9.9.9", SECRET: "s3cret" }).map((file) => [file.path, file]),
);
const textOf = (path: string): string => files.get(path)?.text ?? "";

describe("starterFiles", () => {
  it("fills in what only the new project knows", () => {
    assert.equal(JSON.parse(textOf("package.json")).name, "demo");
    assert.deepEqual(JSON.parse(textOf("package.json")).dependencies, { "tina4-ts": "^9.9.9" });
    assert.match(textOf("README.md"), /^# demo\n/);
  });

  it("puts the secret into .env alone, which only its owner may read", () => {
    const holders = [...files.values()].filter(({ text }) => text.includes("s3cret"));
    assert.deepEqual(
      holders.map(({ path, mode }) => [path, mode]),
      [[".env", 0o600]],
    );
  });

  it("asks for the same Node.js, TypeScript and types that the framework is built with", () => {
    const own = JSON.parse(readFileSync(`${PROJECT_ROOT}package.json`, "utf8"));
    const { engines, devDependencies } = JSON.parse(textOf("package.json"));
    assert.deepEqual(engines, own.engines);
    for (const [name, range] of Object.entries(devDependencies)) assert.equal(range, own.devDependencies[name], name);
  });
});
