import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { tokenize } from "../../src/check/source/tokenize.ts";
import { importsOf } from "./imports-of.ts";

const specifiers = (source: string): string[] => importsOf(tokenize(source)).map(({ specifier }) => specifier);

describe("importsOf", () => {
  it("finds every form of import and names its line", () => {
    const source = [
      'import "./effect.ts";',
      'import value from "./value.ts";',
      'import * as all from "node:fs";',
      'import value, { other } from "./both.ts";',
      'import { a, type B, c as d } from "./named.ts";',
      'import type { E } from "./types.ts";',
      'import type F from "./type.ts";',
      'export { g } from "./re-export.ts";',
      'export type { H } from "./re-export-type.ts";',
      'export * from "./all.ts";',
      'export * as i from "./space.ts";',
      'export type * from "./all-types.ts";',
      'const j = await import("./dynamic.ts");',
      'const k = (): Promise<unknown> => import("./with.json", { with: { type: "json" } });',
      'type L = import("./inline-type.ts").L;',
    ];
    const found = importsOf(tokenize(source.join("\n")));
    const written = source.map((text, at) => ({ specifier: /"([^"]+)"/.exec(text)?.[1], line: at + 1 }));
    assert.deepEqual(found, written);
  });

  it("finds an import that goes over several lines", () => {
    assert.deepEqual(specifiers('import {\n  a,\n  // b from "./comment.ts"\n  type C,\n} from "./long.ts";'), [
      "./long.ts",
    ]);
  });

  it("finds an import inside a function and inside a template", () => {
    assert.deepEqual(specifiers(`const f = () => \`\${import("./a.ts")}\`;`), ["./a.ts"]);
  });

  it("is not deceived by comments, strings, templates and regular expressions", () => {
    const source = [
      '// import "./a.ts";',
      '/* export * from "./b.ts"; */',
      "/** import { c } from './c.ts'; */",
      "const d = 'import \"./d.ts\"';",
      'const e = `import "./e.ts"`;',
      'const f = /import ".\\/f.ts"/;',
    ];
    assert.deepEqual(specifiers(source.join("\n")), []);
  });

  it("is not deceived by code that only looks like an import", () => {
    const source = [
      "import.meta.url;",
      "const a = { import: 1, from: 'x' };",
      'loader.import("./b.ts");',
      "await import(name);",
      'export { c }; const from = "./d.ts";',
      'export const e = from("./e.ts");',
      'export function f() { return { from: "./f.ts" }; }',
      'export type G = "./g.ts";',
    ];
    assert.deepEqual(specifiers(source.join("\n")), []);
  });
});
