import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, it, type TestContext } from "node:test";
import { Passwords } from "../../src/auth/passwords.ts";
import { COMMANDS } from "../../src/cli/commands.ts";
import { MAIN, PACKAGE_ROOT, skip } from "./fixtures/built-package.ts";
import { RunningCommand, type RunOptions } from "./fixtures/running-command.ts";
import { temporaryProject } from "./fixtures/temporary-project.ts";

/** Runs a command at a terminal of its own. */
const SCRIPT = "/usr/bin/script";
const TERMINAL_MISSING = process.platform === "linux" && existsSync(SCRIPT) ? false : `there is no ${SCRIPT}`;

const tina4 = (test: TestContext, args: readonly string[], options?: RunOptions) =>
  new RunningCommand(test, args, options).ending();

describe("tina4", { skip, concurrency: 2 }, () => {
  it("lists every command when it is given none, or asked for help", async (test) => {
    for (const args of [[], ["help"], ["--help"], ["-h"]]) {
      const { code, stdout, stderr } = await tina4(test, args);
      assert.deepEqual([code, stderr], [0, ""]);
      const said = stdout.replace(/\s+/g, " ");
      for (const { name, meaning } of COMMANDS) assert.ok(said.includes(` ${name} ${meaning} `), name);
    }
  });

  it("explains one command, by help and by its flag", async (test) => {
    const byName = await tina4(test, ["help", "serve"]);
    assert.equal(byName.code, 0);
    assert.match(byName.stdout, /^tina4 serve \[folder\] \[--port N\]/);
    assert.match(byName.stdout, /^ {2}--migrate +Apply pending migrations first\.$/m);
    assert.deepEqual(await tina4(test, ["serve", "--help"]), byName);
  });

  it("keeps its help within 80 columns", async (test) => {
    for (const args of [[], ...COMMANDS.map(({ name }) => ["help", name])]) {
      const { stdout } = await tina4(test, args);
      assert.deepEqual(
        stdout.split("\n").filter((line) => line.length > 80),
        [],
      );
    }
  });

  it("colours for a terminal, unless NO_COLOR is set, and for nothing else", {
    skip: TERMINAL_MISSING,
  }, async (test) => {
    const atTerminal = async (args: string, env: Readonly<Record<string, string>> = {}): Promise<string> => {
      const terminal = spawn(SCRIPT, ["-qfc", `"${process.execPath}" ${args}`, "/dev/null"], {
        env: { PATH: process.env.PATH, TERM: "xterm-256color", ...env },
      });
      test.after(() => terminal.kill("SIGKILL"));
      return await text(terminal.stdout);
    };
    const logger = join(PACKAGE_ROOT, "dist/log/create-logger.js");
    const log = `--input-type=module -e 'import("${logger}").then((l) => l.createLogger({ format: "pretty" }).info("hi"))'`;
    for (const [args, style] of [
      [`"${MAIN}" srve`, "\u001b[31m"],
      [log, "\u001b[32m"],
    ] as const) {
      assert.ok((await atTerminal(args)).includes(style), args);
      assert.ok(!(await atTerminal(args, { NO_COLOR: "1" })).includes("\u001b["), args);
    }
    assert.match((await tina4(test, ["srve"])).stderr, /^There is no command/);
  });

  it("ends quietly, with its own exit code, when nobody reads its output", async (test) => {
    const { root } = temporaryProject(test, {
      "src/routes/all.ts":
        'import { post } from "tina4-ts";\nfor (let id = 0; id < 2000; id++) post("/a/" + id, () => "").noAuth();',
    });
    for (const [args, code] of [
      [["routes"], 0],
      [["routes", "--public-writes"], 1],
    ] as const) {
      const command = new RunningCommand(test, args, { cwd: root });
      command.process.stdout?.destroy();
      const ending = await command.ending();
      assert.equal(ending.code, code);
      assert.doesNotMatch(ending.stderr, /EPIPE/);
    }
  });

  it("prints the version of the package", async (test) => {
    const { version } = JSON.parse(readFileSync(join(PACKAGE_ROOT, "package.json"), "utf8"));
    assert.deepEqual(await tina4(test, ["--version"]), { code: 0, stdout: `${version}\n`, stderr: "" });
  });

  it("refuses an unknown command with the nearest name and exit code 2", async (test) => {
    const { code, stdout, stderr } = await tina4(test, ["migrate:statsu"]);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /^There is no command "migrate:statsu"\. Did you mean "migrate:status"\?\n/);
    assert.deepEqual(await tina4(test, ["help", "migrate:statsu"]), { code, stdout, stderr });
  });

  it("answers an unknown flag with the usage of the command and exit code 2", async (test) => {
    const { code, stdout, stderr } = await tina4(test, ["serve", "--prot", "80"]);
    const { stdout: usage } = await tina4(test, ["help", "serve"]);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.equal(stderr, `tina4 serve has no flag "--prot". Did you mean "--port"?\n\n${usage}`);
  });

  it("refuses a folder that does not exist", async (test) => {
    const { code, stderr } = await tina4(test, ["serve", "no-such-folder"]);
    assert.equal(code, 1);
    assert.match(stderr, /^There is no folder \S*\/no-such-folder\.\n$/);
  });

  it("refuses a project of CommonJS modules and says what to write", async (test) => {
    const { root } = temporaryProject(test, { "package.json": '{ "type": "commonjs" }' });
    const { code, stderr } = await tina4(test, ["routes"], { cwd: root });
    assert.equal(code, 1);
    assert.equal(stderr, 'package.json says "type": "commonjs". Tina4 needs "type": "module".\n');
  });

  it("lets the copy of tina4-ts that a project has do the work", async (test) => {
    const copy = "shop/node_modules/tina4-ts";
    const { root } = temporaryProject(test, {
      [`${copy}/package.json`]: '{ "name": "tina4-ts", "type": "module" }',
      [`${copy}/dist/cli/main.js`]: 'console.log("the copy runs", process.argv.slice(2).join(" "));',
    });
    const { code, stdout } = await tina4(test, ["serve", "shop", "--port", "0"], { cwd: root });
    assert.deepEqual([code, stdout], [0, "the copy runs serve shop --port 0\n"]);
  });
});

describe("tina4 secret", { skip }, () => {
  it("prints 64 hexadecimal characters, others each time", async (test) => {
    const [first, second] = [await tina4(test, ["secret"]), await tina4(test, ["secret"])];
    assert.match(first.stdout, /^[0-9a-f]{64}\n$/);
    assert.notEqual(first.stdout, second.stdout);
  });
});

describe("tina4 hash", { skip }, () => {
  it("prints the hash of what it reads, without the line end", async (test) => {
    const { code, stdout, stderr } = await tina4(test, ["hash"], { stdin: "pässwörd \r\n" });
    assert.deepEqual([code, stderr], [0, ""]);
    assert.equal(await new Passwords().check("pässwörd ", stdout.trim()), true);
  });

  it("does not show what is typed at a terminal", { skip: TERMINAL_MISSING }, async (test) => {
    const terminal = spawn(SCRIPT, ["-qfec", `"${process.execPath}" "${MAIN}" hash`, "/dev/null"]);
    test.after(() => terminal.kill("SIGKILL"));
    let shown = "";
    terminal.stdout.setEncoding("utf8").on("data", (text: string) => {
      shown += text;
      if (shown === "Password: ") terminal.stdin.write("open seseme\u007f\u007f\u007fame\r");
    });
    const [code] = await once(terminal, "close");
    const [prompt, hash = ""] = shown.split(/(?:\r\n)+/);
    assert.deepEqual([code, prompt], [0, "Password: "]);
    assert.equal(await new Passwords().check("open sesame", hash), true);
  });

  it("refuses what cannot be a password", async (test) => {
    const { code, stdout, stderr } = await tina4(test, ["hash"], { stdin: "\n" });
    assert.deepEqual([code, stdout], [1, ""]);
    assert.equal(stderr, "A password is well-formed text of 1 to 1024 bytes.\n");
  });

  it("takes no password as an argument", async (test) => {
    const { code, stderr } = await tina4(test, ["hash", "hunter2"]);
    assert.equal(code, 2);
    assert.match(stderr, /^tina4 hash does not know what to do with "hunter2"\.\n/);
  });
});
