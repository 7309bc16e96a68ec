import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { Database } from "../../src/database/database.ts";
import { DatabasePools } from "../../src/database/database-pools.ts";

describe("DatabasePools", () => {
  let root: string;
  let pools: DatabasePools;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "tina4-pools-"));
    pools = new DatabasePools({ root });
  });

  afterEach(async () => {
    await pools.close();
    rmSync(root, { recursive: true });
  });

  it("shares what is open among all objects of one database, however its URL is written", () => {
    const pool = pools.pool("sqlite:data/app.db");
    assert.equal(pools.pool("sqlite:./data/app.db"), pool);
    assert.equal(pools.pool(`sqlite:${join(root, "data/app.db")}`), pool);
    assert.notEqual(pools.pool("sqlite:data/other.db"), pool);
    assert.notEqual(new DatabasePools({ root }).pool("sqlite:data/app.db"), pool);
    const server = pools.pool("postgres://user:secret@host/db");
    assert.equal(pools.pool("postgresql://user:%73ecret@host:5432/db?pool=10"), server);
    assert.notEqual(pools.pool("postgres://user:other@host/db"), server);
  });

  it("keeps two applications in one process apart, also in memory", async () => {
    const others = new DatabasePools({ root });
    const mine = new Database({ url: "sqlite::memory:", pools });
    const theirs = new Database({ url: "sqlite::memory:", pools: others });
    await mine.execute("CREATE TABLE t (a)");
    await assert.rejects(theirs.fetch("SELECT * FROM t"), { code: "failed" });
    await others.close();
    assert.deepEqual(await mine.fetch("SELECT * FROM t"), []);
  });

  it("opens nothing again after it was closed", async () => {
    const database = new Database({ url: "sqlite:app.db", pools });
    await database.execute("CREATE TABLE t (a)");
    await pools.close();
    await assert.rejects(database.fetch("SELECT * FROM t"), { code: "closed" });
    assert.throws(() => new Database({ url: "sqlite:app.db", pools }), { code: "closed" });
    await pools.close();
  });

  it("refuses an address without a driver, and shows nothing of it", () => {
    for (const url of ["oracle://user:secret@host/db", "postgres://user:secret@host", "secret", "", "SQLITE:x"]) {
      assert.throws(
        () => new Database({ url, pools }),
        ({ code, message }: Error & { code: string }) => code === "OPTION_INVALID" && !message.includes("secret"),
      );
    }
  });

  it("refuses options that do not exist", () => {
    assert.throws(() => new DatabasePools({ root, rot: "/" } as { root: string }), {
      code: "OPTION_UNKNOWN",
      message: /"root"/,
    });
    assert.throws(() => new Database({ url: "sqlite:x", pools, path: "x" } as never), { code: "OPTION_UNKNOWN" });
  });
});
