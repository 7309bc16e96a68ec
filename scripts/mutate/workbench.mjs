import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const LEFT_OUT = [".git", ".ci", "node_modules", "docs", "bench"];
const FAILED_TEST = /^\s*not ok (?!.*# (?:TODO|SKIP))/m;
const PASSED_TEST = /^\s*ok /m;

/** A copy of the project in which files may be broken. The project itself is never changed. */
export class Workbench {
  #root;
  #folder = mkdtempSync(join(tmpdir(), "tina4-mutate-"));
  #running;

  constructor(root) {
    this.#root = root;
    mkdirSync(join(this.#folder, "tmp"));
    cpSync(root, this.#project(), {
      recursive: true,
      filter: (path) => !LEFT_OUT.some((name) => path === join(root, name)),
    });
    symlinkSync(join(root, "node_modules"), this.#project("node_modules"));
  }

  /**
   * Runs test files with another text in one source file, each group in one process, until the first test fails.
   *
   * @returns {Promise<"survived" | "failed" | "crashed" | "timeout">} `failed` names a failed test; `crashed` says that a
   *   process ended badly without one, as when a module could not be loaded any more.
   */
  async run(path, text, groups, timeoutMs) {
    writeFileSync(this.#project(path), text);
    try {
      for (const files of groups) {
        const outcome = await this.#runGroup(files, timeoutMs);
        if (outcome !== "survived") return outcome;
      }
      return "survived";
    } finally {
      cpSync(join(this.#root, path), this.#project(path));
      rmSync(join(this.#folder, "tmp"), { recursive: true, force: true });
      mkdirSync(join(this.#folder, "tmp"));
    }
  }

  /** Ends what is running, and removes the copy. */
  remove() {
    if (this.#running !== undefined) endGroup(this.#running);
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #project(path = "") {
    return join(this.#folder, "project", path);
  }

  #runGroup(files, timeoutMs) {
    const flags = ["--test", "--experimental-test-isolation=none", "--test-reporter=tap"];
    const child = spawn(process.execPath, [...flags, ...files], {
      cwd: this.#project(),
      detached: true,
      env: { ...process.env, TMPDIR: join(this.#folder, "tmp"), NODE_NO_WARNINGS: "1" },
      stdio: ["ignore", "pipe", "ignore"],
    });
    this.#running = child;
    return new Promise((resolve, reject) => {
      let output = "";
      const end = (outcome) => {
        clearTimeout(timer);
        endGroup(child);
        this.#running = undefined;
        resolve(outcome);
      };
      const timer = setTimeout(end, timeoutMs, "timeout");
      child.stdout.on("data", (bytes) => {
        output += bytes;
        if (FAILED_TEST.test(output)) end("failed");
      });
      child.once("error", reject);
      child.once("close", (code) => end(code === 0 && PASSED_TEST.test(output) ? "survived" : "crashed"));
    });
  }
}

/** Ends also what the tests have started: each run is a process group of its own. */
function endGroup({ pid }) {
  try {
    process.kill(-pid, "SIGKILL");
  } catch (fault) {
    if (fault.code !== "ESRCH") throw fault;
  }
}
