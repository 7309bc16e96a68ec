import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
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
