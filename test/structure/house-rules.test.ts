import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { tokenize } from "../../src/check/source/tokenize.ts";
import { assertNone } from "./assert-none.ts";
import { HOUSE_RULES, type HouseRule, type RuleName } from "./house-rules.ts";
import { moduleState } from "./module-state.ts";
import { type SourceFile, sourceFile, sourceFiles } from "./project-files.ts";

/** Files that may break a rule, and why. One that no longer does must leave this list. */
const EXCEPTIONS: { readonly [Rule in RuleName]?: Readonly<Record<string, string>> } = {
  barrel: {
    "src/index.ts": "what the package exports",
    "src/testing/index.ts": "what tina4-ts/testing exports",
  },
  state: {
    "src/config/export-variable.ts": "process.env is one for the whole process, and so is what was added to it",
  },
  mainExport: {
    "src/index.ts": "a barrel",
    "src/testing/index.ts": "a barrel",
    "src/cli/main.ts": "started as a program",
    "src/browser/frond-script.ts": "loaded by pages as a script",
    "src/cli/serve-child.ts": "started as a program",
    "src/cli/serve-worker.ts": "started as a program",
    "src/auth/bcrypt-thread.ts": "started as a thread",
    "src/typescript/register.ts": "imported for its effect",
    "src/typescript/strip-types-hook.ts": "exports load, a name that Node.js gives",
    "src/errors.ts": "two tables and the classes that carry them",
    "src/app/lifecycle.ts": "two lists, which only together are the life of a request",
    "src/database/sql/row-statements.ts": "one function for each of three statements",
    "src/global/routes.ts": "the verbs of the book",
    "src/rate-limit/redis-scripts.ts": "two scripts that share how a counter is loaded and stored",
    "src/pipeline/middleware.ts": "the shapes that middleware can have",
  },
};

/** For each rule a file that keeps it, files that break it, and what is said about them. */
const SAMPLES: { readonly [Rule in RuleName]: { good: Sample; bad: readonly (readonly [Sample, string])[] } } = {
  environment: {
    good: ["src/http/a.ts", 'const { pid } = process; process.cwd(); "process.env"; // process.env'],
    bad: [
      [["src/http/a.ts", "\nconst a = process.env.A;"], "2: reads process.env"],
      [["src/http/a.ts", 'const a = process["env"];'], "1: reads process.env"],
      [["src/http/a.ts", "const { env: { A } } = process;"], "1: reads process.env"],
      [["src/http/a.ts", 'import { env } from "node:process";'], "1: imports process instead of using the global one"],
    ],
  },
  length: {
    good: ["src/a.ts", "a;\n".repeat(200)],
    bad: [[["src/a.ts", "a;\n".repeat(201)], "201 lines"]],
  },
  longest: {
    good: ["test/a.test.ts", "a;\n".repeat(300)],
    bad: [[["test/a.test.ts", "a;\n".repeat(301)], "301 lines"]],
  },
  defaultExport: {
    good: ["src/a.ts", "switch (a) { default: b; } export const c = { default: 1 };"],
    bad: [
      [["src/a.ts", "export default 1;"], "1: default export"],
      [["src/a.ts", "const a = 1;\nexport { a as default };"], "2: default export"],
    ],
  },
  unchecked: {
    good: ["src/a.ts", 'router.any("/a", b); const verbs = { any, get }; // any'],
    bad: [
      [["src/a.ts", "let a: any;"], "1: any"],
      [["src/a.ts", "const a = b as any;"], "1: any"],
      [["src/a.ts", "const a = <any>b;"], "1: any"],
      [["src/a.ts", "let a: Map<string, any>;"], "1: any"],
      [["src/a.ts", "// @ts-ignore\na;"], "1: @ts-ignore"],
    ],
  },
  unfinished: {
    good: ["src/a.ts", 'const methodOld = "todo list";'],
    bad: [[["src/a.ts", "// TODO: more"], "1: TODO"]],
  },
  name: {
    good: ["src/router/param-types.ts", ""],
    bad: [
      [["src/http/utils.ts", ""], '"utils" says nothing'],
      [["src/http/types.ts", ""], '"types" says nothing'],
      [["src/session/session-manager.ts", ""], '"session-manager" says nothing'],
      [["test/helpers/a.test.ts", ""], '"helpers" says nothing'],
    ],
  },
  mainExport: {
    good: ["src/text/nearest-name.ts", "const a = 1; export function nearestName() {}"],
    bad: [
      [["src/a/nearest-name.ts", "export function nearest() {} export const NAME = 1;"], "exports nearest, NAME"],
      [["src/a/nearest-name.ts", "function nearestName() {}"], "exports nothing"],
    ],
  },
  barrel: {
    good: ["src/a.ts", 'export { b } from "./b.ts"; export const a = 1;'],
    bad: [[["src/a.ts", 'import "./c.ts"; export { b } from "./b.ts";'], "is a barrel"]],
  },
  state: {
    good: ["src/a.ts", "const names = new Set([1]); names.has(1); export function a() { let b = 1; b += 1; }"],
    bad: [[["src/a.ts", "let count = 0;"], "1: count"]],
  },
  unrun: {
    good: ["test/a.test.ts", 'it("a", { skip: !found && "no server" }, () => {}); const todo = 1; list.skip;'],
    bad: [
      [["test/a.test.ts", 'it.only("a", () => {});'], "1: skipped, focused or postponed"],
      [["test/a.test.ts", 'describe.skip("a", () => {});'], "1: skipped, focused or postponed"],
      [["test/a.test.ts", 'it.todo("a");'], "1: skipped, focused or postponed"],
      [["test/a.test.ts", 'it("a", { skip: true }, () => {});'], "1: skipped, focused or postponed"],
    ],
  },
  sleep: {
    good: ["test/a.test.ts", "setTimeout(() => wait(500), 50); clearTimeout(a);"],
    bad: [
      [["test/a.test.ts", "await new Promise((done) => setTimeout(done, 100));"], "1: sleeps"],
      [["test/a.test.ts", "await setTimeout(1_000);"], "1: sleeps"],
      [["test/a.test.ts", 'import { setTimeout as sleep } from "node:timers/promises";'], "1: sleeps"],
    ],
  },
};

type Sample = readonly [name: string, text: string];

const rules = Object.entries(HOUSE_RULES) as [RuleName, HouseRule][];
const files = [...sourceFiles("src/"), ...sourceFiles("test/")];

describe("a file", () => {
  for (const [name, rule] of rules) {
    it(rule.says, () => {
      const excused = EXCEPTIONS[name] ?? {};
      const broken = files.filter((file) => rule.appliesTo(file.name) && rule.faults(file).length > 0);
      const told = broken.filter((file) => excused[file.name] === undefined).flatMap((file) => faultsOf(rule, file));
      const needless = Object.keys(excused).filter((excuse) => !broken.some((file) => file.name === excuse));
      assertNone([...told, ...needless.map((excuse) => `${excuse} needs no exception`)]);
    });
  }
});

describe("a house rule", () => {
  for (const [name, rule] of rules) {
    const { good, bad } = SAMPLES[name];
    it(`is kept or broken: ${rule.says}`, () => {
      assert.deepEqual(rule.faults(sourceFile(...good)), []);
      for (const [sample, fault] of bad) {
        assert.ok(rule.appliesTo(sample[0]), sample[0]);
        assert.deepEqual(rule.faults(sourceFile(...sample)), [fault], sample[1].slice(0, 80));
      }
    });
  }

  it("lets a name leave out the verb and join words", () => {
    const exported = (name: string, text: string) => HOUSE_RULES.mainExport.faults(sourceFile(name, text));
    assert.deepEqual(exported("src/text/list.ts", "export function parseList() {}"), []);
    assert.deepEqual(exported("src/a/settings.ts", "export const SETTINGS = {};"), []);
    assert.deepEqual(exported("src/a/setting-kinds.ts", "export const SETTING_KINDS = {};"), []);
    assert.deepEqual(exported("src/a/register-typescript.ts", "export function registerTypeScript() {}"), []);
    assert.deepEqual(exported("src/a/token.ts", "export function tokenOf() {}"), ["exports tokenOf"]);
  });
});

describe("moduleState", () => {
  const stateOf = (source: string) => moduleState(tokenize(source));

  it("finds a collection that is filled or emptied", () => {
    for (const change of ["cache.set(1, 2);", "cache.clear();", "function f() { cache.delete(1); }", "cache[1] = 2;"]) {
      assert.deepEqual(stateOf(`const cache = make();\n${change}`), ["1: cache"], change);
    }
  });

  it("finds a member that is assigned", () => {
    for (const change of ["counts.all = 1;", "counts.all += 1;", "counts[f(a[0])] ??= 1;", "PATTERN.lastIndex = 0;"]) {
      const name = change.startsWith("P") ? "PATTERN" : "counts";
      assert.deepEqual(stateOf(`export const ${name} = {};\nfunction f() { ${change} }`), [`1: ${name}`], change);
    }
  });

  it("finds a static member that is not readonly", () => {
    assert.deepEqual(stateOf("class A { static #count = 0; static b: number; }"), ["1: #count", "1: b"]);
    assert.deepEqual(stateOf("class A { static readonly LIMIT = 1; static create(): A {} }"), []);
  });

  it("leaves alone what is only read, and what a function keeps for itself", () => {
    const source =
      "const NAMES = [1]; NAMES.map(f); NAMES[0] === 1; function f() { const map = new Map(); map.set(1, 2); }";
    assert.deepEqual(stateOf(source), []);
  });
});

function faultsOf(rule: HouseRule, file: SourceFile): readonly string[] {
  return rule.faults(file).map((fault) => `${file.name}:${fault}`.replace(/:(?!\d)/, ": "));
}
