import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { COMMANDS } from "../../src/cli/commands.ts";
import { MAIN, skip } from "./fixtures/built-package.ts";
import { emptyFolder, filesIn, initialisedProject } from "./fixtures/initialised-project.ts";
import { runScript } from "./fixtures/run-script.ts";
import { RunningCommand } from "./fixtures/running-command.ts";

const SCRIPT = "/usr/bin/script";
const TERMINAL_MISSING = process.platform === "linux" && existsSync(SCRIPT) ? false : `there is no ${SCRIPT}`;
const CHECK_MISSING = !COMMANDS.some(({ name }) => name === "check") && "there is no tina4 check";
/** Of Linux. On a path that comes close the shorter names of the project fit, the longer ones do not. */
const PATH_MAX = 4096;

const FILES = [
  ".env",
  ".env.example",
  ".gitignore",
  "README.md",
  "app.ts",
  "data/app.db",
  "data/app.db-migrating",
  "package.json",
  "src/migrations/20260101000000_create_entries.sql",
  "src/public/icon.svg",
  "src/public/style.css",
  "src/routes/guestbook.ts",
  "src/templates/guestbook.twig",
  "src/templates/layout.twig",
  "test/guestbook.test.ts",
  "tina4.allow.json",
  "tsconfig.json",
];

describe("tina4 init", { skip, concurrency: 2 }, () => {
  it("writes a project into a folder that it makes, and says how to go on", async (test) => {
    const folder = emptyFolder(test);
    const { code, stdout, stderr } = await new RunningCommand(test, ["init", "sites/demo"], { cwd: folder }).ending();
    assert.deepEqual([code, stderr], [0, ""]);
    const next = "  cd sites/demo\n  npm install\n  npm test\n  npx tina4 serve\n";
    assert.equal(stdout, `Wrote 15 files and a database into sites/demo. Now:\n\n${next}`);
    assert.deepEqual(filesIn(join(folder, "sites/demo")), FILES);
  });

  it("leaves no blank unfilled and keeps each project's secret from everybody else", async (test) => {
    const [one, other] = [await initialisedProject(test), await initialisedProject(test)];
    for (const file of FILES.filter((name) => !name.startsWith("data/"))) {
      assert.doesNotMatch(readFileSync(join(one, file), "utf8"), /__[A-Z]/, file);
    }
    const secret = (root: string) => /^SECRET=([0-9a-f]{64})$/m.exec(readFileSync(join(root, ".env"), "utf8"))?.[1];
    assert.ok(secret(one) !== undefined && secret(one) !== secret(other));
    const others = (path: string) => statSync(join(one, path)).mode & 0o077;
    assert.deepEqual([others(".env"), others("data"), others("data/app.db")], [0, 0, 0]);
    assert.match(readFileSync(join(one, ".gitignore"), "utf8"), /^\.env$/m);
  });

  it("takes the current folder when it is named no other, with --yes and away from a terminal, beside what is there", async (test) => {
    for (const flags of [[], ["--yes"]]) {
      const folder = join(emptyFolder(test), "my-site");
      mkdirSync(join(folder, "src/routes"), { recursive: true });
      writeFileSync(join(folder, "src/routes/own.ts"), "");
      const { code, stdout } = await new RunningCommand(test, ["init", ...flags], { cwd: folder }).ending();
      assert.equal(code, 0);
      assert.match(stdout, /into this folder\. Now:\n\n {2}npm install\n/);
      assert.equal(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).name, "my-site");
      assert.ok(filesIn(folder).includes("src/routes/own.ts"));
    }
  });

  it("asks a terminal for the folder", { skip: TERMINAL_MISSING }, async (test) => {
    const folder = emptyFolder(test);
    const terminal = spawn(SCRIPT, ["-qfec", `"${process.execPath}" "${MAIN}" init`, "/dev/null"], { cwd: folder });
    test.after(() => terminal.kill("SIGKILL"));
    let shown = "";
    terminal.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (!shown.includes("? ") && text.includes("? ")) terminal.stdin.write("shop\r");
      shown += text;
    });
    const [code] = await once(terminal, "close");
    assert.equal(code, 0, shown);
    assert.match(shown, /In which folder\? Enter alone takes this one: /);
    assert.deepEqual(filesIn(join(folder, "shop")), FILES);
  });

  it("lists what is there already, and writes nothing", async (test) => {
    const folder = join(emptyFolder(test), "demo");
    mkdirSync(folder);
    writeFileSync(join(folder, "README.md"), "mine");
    writeFileSync(join(folder, "src"), "mine");
    symlinkSync("/nowhere", join(folder, ".env"));
    const { code, stdout, stderr } = await new RunningCommand(test, ["init", folder]).ending();
    assert.deepEqual([code, stdout], [1, ""]);
    const lines = ["  src", "  .env", "  README.md", "Nothing was written. Name another folder: tina4 init my-site"];
    assert.deepEqual(stderr.trimEnd().split("\n").slice(1), lines);
    assert.deepEqual(filesIn(folder), ["README.md", "src"]);
    assert.equal(readFileSync(join(folder, "README.md"), "utf8"), "mine");
  });

  it("takes back what it has written when something fails", async (test) => {
    const folder = emptyFolder(test);
    const deep = join(folder, ...Array.from({ length: 30 }, () => "x".repeat(200))).slice(0, PATH_MAX - 40);
    const { code, stdout, stderr } = await new RunningCommand(test, ["init", deep]).ending();
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(
      stderr,
      /^The project could not be written, and nothing is left of it\. ENAMETOOLONG: .*_create_entries\.sql/,
    );
    assert.deepEqual(readdirSync(folder), []);
  });

  it("refuses a folder whose name npm would not take", async (test) => {
    const folder = emptyFolder(test);
    const { code, stderr } = await new RunningCommand(test, ["init", "My Shop"], { cwd: folder }).ending();
    assert.equal(code, 1);
    assert.match(stderr, /^A project cannot be called "My Shop"\..* Call it my-shop\.\n$/);
    assert.deepEqual(filesIn(folder), []);
  });
});

describe("the project that tina4 init writes", { skip, concurrency: 2 }, () => {
  it("compiles, and passes its own tests", async (test) => {
    const root = await initialisedProject(test);
    await runScript(root, "types");
    assert.match(await runScript(root, "test", "--test-reporter=tap"), /^# tests 4$[\s\S]*^# pass 4$/m);
  });

  it("starts without a warning, shows its page and its files, and lets nobody delete", async (test) => {
    const root = await initialisedProject(test);
    const command = new RunningCommand(test, ["serve", "--port", "0"], { cwd: root });
    const url = await command.listening();
    const page = await fetch(url);
    assert.match(await page.text(), /Nobody has signed yet/);
    assert.equal((await fetch(`${url}/style.css`)).status, 200);
    assert.equal((await fetch(`${url}/api/entries/${crypto.randomUUID()}`, { method: "DELETE" })).status, 401);
    command.kill("SIGTERM");
    const { stdout, stderr } = await command.ending();
    assert.equal(stderr, "");
    assert.doesNotMatch(stdout, /WARN|ERROR/);
  });

  it("lists every write that is open to strangers", async (test) => {
    const root = await initialisedProject(test);
    const command = new RunningCommand(test, ["routes", "--public-writes"], { cwd: root });
    const { code, stderr } = await command.ending();
    assert.deepEqual([code, stderr], [0, ""]);
  });

  it("gives tina4 check nothing to find", { skip: CHECK_MISSING }, async (test) => {
    const root = await initialisedProject(test);
    const { code, stdout } = await new RunningCommand(test, ["check"], { cwd: root }).ending();
    assert.equal(code, 0, stdout);
  });
});
