import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { NODE_FLAGS } from "../session/stores/four-processes.ts";
import { temporaryFolder } from "../session/stores/temporary-folder.ts";

const PROCESS = fileURLToPath(new URL("./fixtures/keep-upload.ts", import.meta.url));
const OTHER_DEVICE = "/dev/shm";
/** Long enough to be killed in the midst of. */
const FILE_BYTES = 256 * 1_048_576;
const TRIES = 3;

const isOther = existsSync(OTHER_DEVICE) && statSync(OTHER_DEVICE).dev !== statSync(tmpdir()).dev;

describe("an upload that is kept on another device", { skip: !isOther && `${OTHER_DEVICE} is no other device` }, () => {
  const received = join(temporaryFolder(), "received");
  writeFileSync(received, "");
  truncateSync(received, FILE_BYTES);
  const elsewhere = isOther ? mkdtempSync(join(OTHER_DEVICE, "tina4-test-")) : "";
  after(() => rmSync(elsewhere, { recursive: true, force: true }));

  it("is whole or absent when the process is killed amid it", async (test) => {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const folder = mkdtempSync(join(elsewhere, "kept-"));
      const target = join(folder, "video.mp4");
      const child = spawn(process.execPath, [...NODE_FLAGS, PROCESS, received, target], { stdio: "inherit" });
      const ended = once(child, "exit");
      while (readdirSync(folder).length === 0 && child.exitCode === null) await turn();
      child.kill("SIGKILL");
      await ended;
      const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
      test.diagnostic(`${sizes} of ${FILE_BYTES} bytes were there`);
      if (existsSync(target)) assert.equal(statSync(target).size, FILE_BYTES);
      rmSync(folder, { recursive: true });
    }
  });
});
