import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ConnectionPool } from "../../src/database/connection-pool.ts";

class Connection {
  isClean = true;
  isClosed = false;
  async close() {
    this.isClean = false;
    this.isClosed = true;
  }
}

function poolOf(maxConnections: number, idleMilliseconds = 1_000) {
  const opened: Connection[] = [];
  const open = async () => {
    const connection = new Connection();
    opened.push(connection);
    return connection;
  };
  return { opened, pool: new ConnectionPool({ open, maxConnections, idleMilliseconds }) };
}

describe("ConnectionPool", () => {
  it("lends the same connection again, and never one to two", async () => {
    const { opened, pool } = poolOf(2);
    const first = await pool.take(0);
    const second = await pool.take(0);
    assert.notEqual(first, second);
    pool.giveBack(first);
    assert.equal(await pool.take(0), first);
    assert.equal(opened.length, 2);
  });

  it("serves those who wait in the order of their coming, and opens no more than its number", async () => {
    const { opened, pool } = poolOf(3);
    let lent = 0;
    let most = 0;
    const served: number[] = [];
    const work = async (index: number) => {
      const connection = await pool.take(60_000);
      most = Math.max(most, ++lent);
      served.push(index);
      await new Promise(setImmediate);
      lent--;
      pool.giveBack(connection);
    };
    await Promise.all(Array.from({ length: 1_000 }, (_, index) => work(index)));
    assert.deepEqual([most, opened.length], [3, 3]);
    assert.deepEqual(
      served,
      Array.from({ length: 1_000 }, (_, index) => index),
    );
    await pool.close();
  });

  it("is busy for who waits too long, and forgets about him (Q13)", async () => {
    const { pool } = poolOf(1);
    const connection = await pool.take(0);
    await assert.rejects(pool.take(1), { name: "DatabaseBusyError", status: 503, code: "busy" });
    pool.giveBack(connection);
    assert.equal(await pool.take(0), connection);
  });

  it("closes a connection that is not clean, and opens another for who waits", async () => {
    const { opened, pool } = poolOf(1);
    const broken = await pool.take(0);
    const waiting = pool.take(60_000);
    broken.isClean = false;
    pool.giveBack(broken);
    const fresh = await waiting;
    assert.ok(broken.isClosed && fresh !== broken);
    pool.giveBack(fresh);
    fresh.isClean = false;
    assert.notEqual(await pool.take(0), fresh);
    assert.ok(fresh.isClosed);
    assert.equal(opened.length, 3);
  });

  it("frees the place of a connection that could not be opened", async () => {
    let attempts = 0;
    const open = async () => {
      if (++attempts <= 2) throw new Error(`refused ${attempts}`);
      return new Connection();
    };
    const pool = new ConnectionPool({ open, maxConnections: 1, idleMilliseconds: 1_000 });
    const outcomes = await Promise.allSettled([pool.take(60_000), pool.take(60_000), pool.take(60_000)]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ["rejected", "rejected", "fulfilled"],
    );
  });

  it("closes what nobody uses for long", async () => {
    const { opened, pool } = poolOf(1, 1);
    const connection = await pool.take(0);
    pool.giveBack(connection);
    while (!connection.isClosed) await new Promise((resolve) => setTimeout(resolve, 1));
    assert.notEqual(await pool.take(0), connection);
    assert.equal(opened.length, 2);
  });

  it("closes when the last one has been given back, and refuses those who wait and come", async () => {
    const { pool } = poolOf(2);
    const [idle, lent] = [await pool.take(0), await pool.take(0)];
    const waiting = assert.rejects(pool.take(60_000), { code: "closed" });
    const closing = Promise.all([pool.close(), pool.close()]);
    await waiting;
    await assert.rejects(pool.take(0), { code: "closed" });
    pool.giveBack(idle);
    let isDone = false;
    void closing.then(() => {
      isDone = true;
    });
    await new Promise(setImmediate);
    assert.equal(isDone, false);
    pool.giveBack(lent);
    await closing;
    assert.ok(idle.isClosed && lent.isClosed);
  });
});
