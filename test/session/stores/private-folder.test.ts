import assert from "node:assert/strict";
import { chmodSync, mkdirSync, statSync, symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { openPrivateFolder } from "../../../src/session/stores/private-folder.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** Makes this process one of another user, or of a system without users. */
function mockUser(test: TestContext, getuid: typeof process.getuid): void {
  const own = process.getuid;
  test.after(() => Object.assign(process, { getuid: own }));
  Object.assign(process, { getuid });
}

describe("openPrivateFolder", () => {
  it("makes a folder, and those around it, for their owner only, and says where it is", async () => {
    const folder = join(temporaryFolder(), "data", "sessions");
    assert.equal(await openPrivateFolder(relative("", folder)), folder);
    for (const path of [folder, join(folder, "..")]) assert.equal(statSync(path).mode & 0o777, 0o700);
    assert.equal(await openPrivateFolder(folder), folder);
  });

  it("refuses a folder that group or others have any right to", async () => {
    const folder = temporaryFolder();
    const message = `The folder "${folder}" cannot keep sessions: group or others can open it (chmod 700 would be right).`;
    for (const right of [0o40, 0o20, 0o10, 0o4, 0o2, 0o1]) {
      chmodSync(folder, 0o700 + right);
      await assert.rejects(openPrivateFolder(folder), { code: "SESSION_STORE_UNUSABLE", message });
    }
  });

  it("refuses a symbolic link, wherever it leads", async () => {
    const root = temporaryFolder();
    const [folder, link] = [join(root, "folder"), join(root, "link")];
    mkdirSync(folder, { mode: 0o700 });
    symlinkSync(folder, link);
    const message = `The folder "${link}" cannot keep sessions: it is a symbolic link (name the folder itself).`;
    await assert.rejects(openPrivateFolder(link), { code: "SESSION_STORE_UNUSABLE", message });
  });

  it("refuses a folder of another user, who could read and change what is in it", async (test) => {
    const folder = temporaryFolder();
    mockUser(test, () => 54_321);
    await assert.rejects(openPrivateFolder(folder), {
      code: "SESSION_STORE_UNUSABLE",
      message: `The folder "${folder}" cannot keep sessions: it belongs to another user (chown would mend that).`,
    });
  });

  it("asks for neither owner nor mode where the system has none", async (test) => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    await assert.rejects(openPrivateFolder(folder), { code: "SESSION_STORE_UNUSABLE" });
    mockUser(test, undefined);
    assert.equal(await openPrivateFolder(folder), folder);
  });
});
