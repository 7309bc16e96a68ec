import assert from "node:assert/strict";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { PROJECT_ROOT } from "../structure/project-files.ts";
import { fileSizes } from "./file-sizes.ts";
import { install, packInto, runIn, skip } from "./packed-package.ts";

const MAX_PACKAGES = 36;
const MEGABYTE = 1_000_000;
const OLDER_COMPILER = "typescript@5.9.3";
const NODE_TYPES = "@types/node@20";
/** README.md counts and weighs what is installed here: elsewhere `libsql` brings another file. */
const isMeasuredHere = process.platform === "linux" && process.arch === "x64";

const STRICT = [
  ...["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--skipLibCheck", "false"],
  ...["--target", "es2023", "--types", "node"],
];
/** What is compiled, and how. A page's script needs a bundler, and what CommonJS requires is Node.js's own matter. */
const PROGRAMS = {
  "as nodenext, imported and required": ["--module", "nodenext", "esm/types.ts", "cjs/types.cts"],
  "as a bundler, with a page's script": [
    ...["--module", "esnext", "--moduleResolution", "bundler", "--lib", "es2023,dom,dom.iterable"],
    ...["esm/types.ts", "esm/page.ts"],
  ],
};

describe("a fresh project that installs the packed package", { skip }, () => {
  let folder = "";
  const compilers = (): Readonly<Record<string, string>> => ({
    "TypeScript 5.9": join(folder, "node_modules/typescript/bin/tsc"),
    "TypeScript 7": join(PROJECT_ROOT, "node_modules/typescript/bin/tsc"),
  });

  before(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "tina4-consumers-")));
    cpSync(new URL("./fixtures/consumers", import.meta.url), folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
    await install(folder, await packInto(folder));
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  it("gets as many packages and megabytes as README.md says", { skip: !isMeasuredHere }, async () => {
    const readme = readFileSync(`${PROJECT_ROOT}README.md`, "utf8");
    const [, packages, megabytes] = /It installs (\d+) packages, (\d+) MB with itself/.exec(readme) ?? [];
    const listed = await runIn(folder, "npm", "ls", "--all", "--parseable");
    const others = listed
      .trim()
      .split("\n")
      .slice(1)
      .filter((path) => !path.endsWith("/tina4-ts"));
    const bytes = fileSizes(join(folder, "node_modules")).reduce((sum, size) => sum + size, 0);
    assert.ok(others.length <= MAX_PACKAGES, others.join("\n"));
    assert.equal(Number(packages), others.length);
    assert.ok(Math.abs(Number(megabytes) - bytes / MEGABYTE) < 1, `${bytes} bytes`);
  });

  it("has nothing of the optional packages, nor of their types", () => {
    const { peerDependencies } = JSON.parse(readFileSync(`${PROJECT_ROOT}package.json`, "utf8"));
    const installed = readdirSync(join(folder, "node_modules"));
    assert.deepEqual(
      Object.keys(peerDependencies).filter((name) => installed.includes(name)),
      [],
    );
    assert.equal(existsSync(join(folder, "node_modules/@types")), false);
  });

  it("runs it as an ES module", async () => {
    assert.equal(await runIn(folder, process.execPath, "esm/main.mjs"), "200 401 201\n");
  });

  it("runs it by require", async () => {
    assert.equal(await runIn(folder, process.execPath, "cjs/main.cjs"), "200 401 201\n");
  });

  describe("with a compiler and the types of Node.js", { concurrency: 2 }, () => {
    before(() => install(folder, "--save-dev", OLDER_COMPILER, NODE_TYPES));

    for (const compiler of ["TypeScript 5.9", "TypeScript 7"]) {
      for (const [how, program] of Object.entries(PROGRAMS)) {
        it(`is checked by ${compiler} ${how}, with all declarations of the package`, async () => {
          assert.equal(await runIn(folder, process.execPath, compilers()[compiler] ?? "", ...STRICT, ...program), "");
        });
      }
    }
  });
});
