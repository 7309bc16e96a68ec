import assert from "node:assert/strict";
import { once } from "node:events";
import { describe, it } from "node:test";
import { Worker } from "node:worker_threads";

const THREAD = new URL("../../src/auth/bcrypt-thread.ts", import.meta.url);
/** None, as in the package; but Node.js 20 needs those that load TypeScript. */
const FLAGS = process.features.typescript ? [] : undefined;

describe("the thread that bcrypt computes in", () => {
  const answerOf = async (code: string): Promise<unknown> => {
    const workerData = { moduleUrl: `data:text/javascript,${code}`, password: "secret", hash: "$2b$" };
    const thread = new Worker(THREAD, { execArgv: FLAGS, workerData });
    const [[answer], [exitCode]] = await Promise.all([once(thread, "message"), once(thread, "exit")]);
    assert.equal(exitCode, 0);
    return answer;
  };

  it("says what the package says of the password and the hash, in this order, and ends", async () => {
    const compareSync = "(password, hash) => password === 'secret' && hash === '$2b$'";
    assert.equal(await answerOf(`export default { compareSync: ${compareSync} }`), true);
    assert.equal(await answerOf("export default { compareSync: () => false }"), false);
  });

  it("fails as the package does", async () => {
    const broken = "export default { compareSync() { throw new RangeError('broken') } }";
    await assert.rejects(answerOf(broken), { name: "RangeError", message: "broken" });
  });
});
