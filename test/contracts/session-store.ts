import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import fc from "fast-check";
import type { SessionStore } from "../../src/session/session-store.ts";
import { addEach } from "../session/add-each.ts";
import { followHistory, sessionHistories } from "./session-history.ts";

/** Opens an empty store on the test's own clock, which is ahead of the real time: no server removes anything by itself. */
export type OpenTestStore = (now: () => number) => Promise<SessionStore>;

interface ContractOptions {
  readonly skip?: string | false;
  /** How many histories the property tries. */
  readonly runs: number;
}

const KEY = "session:mB3-_x";
const HOUR_MS = 3_600_000;

/** What every session store must do. */
export function sessionStoreContract(name: string, open: OpenTestStore, { skip = false, runs }: ContractOptions): void {
  describe(`${name} as a session store`, { skip }, () => {
    let store: SessionStore | undefined;
    afterEach(async () => store?.close());

    it("gives back what was written, to the byte", async () => {
      const { write, read, expiresAt } = await openStore();
      const texts = ["", "{}", ' {"a":"\\u0000 \\ud800"}\n\n', "ä€\u{1F600}\r\n\0", "x".repeat(1_048_576)];
      for (const [index, value] of texts.entries()) {
        const version = await write(value, null, `session:${index}`);
        assert.ok(typeof version === "string");
        assert.deepEqual(await read(`session:${index}`), { value, expiresAt, version });
      }
    });

    it("knows no record that was not written", async () => {
      const { read, write } = await openStore();
      assert.equal(await read(), null);
      assert.equal(await write("1", "no version"), null);
      assert.equal(await write("1", ""), null);
      assert.equal(await read(), null);
    });

    it("writes only on the state that the writer has read", async () => {
      const { write, read } = await openStore();
      const first = await write("1", null);
      assert.equal(await write("2", null), null);
      const second = await write("2", first);
      assert.notEqual(second, null);
      assert.equal(await write("3", first), null);
      assert.equal((await read())?.value, "2");
      assert.equal((await read())?.version, second);
    });

    it("never takes the version of another record for that of this one", async () => {
      const { write, read } = await openStore();
      const foreign = await write("1", null, "session:other");
      await write("1", null);
      assert.equal(await write("2", foreign), null);
      assert.equal(await write("2", foreign, "session:none"), null);
      assert.equal((await read())?.value, "1");
    });

    it("gives every state another version, also when the same is written again", async () => {
      const { write, store } = await openStore();
      const versions = new Set<string | null>();
      for (let round = 0; round < 3; round++) {
        const first = await write("1", null);
        versions.add(first).add(await write("1", first));
        await store.remove(KEY);
      }
      assert.equal(versions.size, 6);
      assert.equal(versions.has(null), false);
    });

    it("counts a record as gone from the millisecond that it expires in", async () => {
      const { write, read, clock } = await openStore();
      const version = await write("1", null);
      clock.time += HOUR_MS - 1;
      assert.equal((await read())?.value, "1");
      assert.equal(await write("2", null), null);
      clock.time += 1;
      assert.equal(await write("2", version), null);
      assert.equal(await read(), null);
    });

    it("writes anew where a record has expired", async () => {
      const { write, read, clock } = await openStore();
      const version = await write("1", null);
      clock.time += HOUR_MS;
      const next = await write("2", null, KEY, clock.time + HOUR_MS);
      assert.ok(next !== null && next !== version);
      assert.equal(await write("3", version, KEY, clock.time + HOUR_MS), null);
      assert.equal((await read())?.value, "2");
    });

    it("lets each write move the expiry, to earlier and later", async () => {
      const { write, read, clock } = await openStore();
      const first = await write("1", null, KEY, clock.time + HOUR_MS);
      const second = await write("2", first, KEY, clock.time + 3 * HOUR_MS);
      clock.time += 2 * HOUR_MS;
      assert.equal((await read())?.value, "2");
      await write("3", second, KEY, clock.time + 5);
      clock.time += 5;
      assert.equal(await read(), null);
    });

    it("removes a record at whatever version, and none without complaint", async () => {
      const { write, read, store } = await openStore();
      await store.remove(KEY);
      await write("2", await write("1", null));
      await write("1", null, "session:other");
      await store.remove(KEY);
      assert.equal(await read(), null);
      assert.equal((await read("session:other"))?.value, "1");
    });

    it("lets no slower writer bring back what was removed", async () => {
      const { write, read, store } = await openStore();
      const before = await write("1", null);
      await store.remove(KEY);
      assert.equal(await write("2", before), null);
      assert.equal(await read(), null);
      await write("new", null);
      assert.equal(await write("2", before), null);
      assert.equal((await read())?.value, "new");
    });

    it("lets no writer of many bring back what is removed meanwhile", async () => {
      const { write, read, store } = await openStore();
      for (let round = 0; round < 10; round++) {
        const version = await write("1", null);
        const writes = Array.from({ length: 5 }, async (_, index) => write(`late ${index}`, version));
        await Promise.all([...writes, store.remove(KEY)]);
        assert.equal(await read(), null);
      }
    });

    it("lets exactly one of many create a record, also over an expired one", async () => {
      const { write, read, clock } = await openStore();
      for (let round = 0; round < 3; round++) {
        const expiresAt = clock.time + HOUR_MS;
        const versions = await Promise.all(
          Array.from({ length: 20 }, async (_, index) => write(String(index), null, KEY, expiresAt)),
        );
        const winners = versions.flatMap((version, index) => (version === null ? [] : [String(index)]));
        assert.deepEqual(winners, [(await read())?.value]);
        clock.time += HOUR_MS;
      }
    });

    it("keeps all of fifty keys that fifty parallel requests add to one session", async () => {
      const { read, store, expiresAt } = await openStore();
      const names = Array.from({ length: 50 }, (_, index) => `key${index}`);
      await addEach(store, KEY, names, expiresAt);
      const kept = Object.keys(JSON.parse((await read())?.value ?? "{}"));
      assert.deepEqual(kept.sort(), names.sort());
    });

    it("refuses a key that is no word, colon and digest", async () => {
      const { store, expiresAt } = await openStore();
      const keys = [
        "",
        "session",
        "session:",
        ":a",
        "Session:a",
        "session:a/b",
        "session:../a",
        "session:a\n",
        "a:b:c",
      ];
      for (const key of [...keys, `session:${"x".repeat(101)}`, "session:ä", { $ne: "" } as unknown as string]) {
        const invalid = { code: "SESSION_RECORD_INVALID" };
        await assert.rejects(async () => store.read(key), invalid);
        await assert.rejects(async () => store.write(key, { value: "1", expiresAt }, null), invalid);
        await assert.rejects(async () => store.remove(key), invalid);
      }
      assert.ok(await store.write(`session:${"x".repeat(100)}`, { value: "1", expiresAt }, null));
    });

    it("refuses more than a MiB and leaves the record as it was", async () => {
      const { write, read } = await openStore();
      const version = await write("1", null);
      for (const value of ["x".repeat(1_048_577), "€".repeat(349_526)]) {
        await assert.rejects(write(value, version), { code: "SESSION_TOO_LARGE" });
        await assert.rejects(write(value, null, "session:none"), { code: "SESSION_TOO_LARGE" });
      }
      assert.equal((await read())?.version, version);
      assert.equal(await read("session:none"), null);
    });

    it("refuses what is no text, and times that are none", async () => {
      const { write, clock } = await openStore();
      const invalid = { code: "SESSION_RECORD_INVALID" };
      for (const value of ["\ud800", 5 as unknown as string, undefined as unknown as string]) {
        await assert.rejects(write(value, null), invalid);
      }
      for (const time of [Number.NaN, -1, clock.time + 0.5, Number.POSITIVE_INFINITY, 9e15]) {
        await assert.rejects(write("1", null, KEY, time), invalid);
      }
    });

    it("sweeps to an end in steps, and never a live record", async () => {
      const { write, read, store, clock } = await openStore();
      for (let index = 0; index < 30; index++) await write("1", null, `expired:${index}`, clock.time + 1);
      for (let index = 0; index < 10; index++) await write("1", null, `live:${index}`);
      clock.time += 1;
      let [steps, removed] = [1, 0];
      const count = () => {
        removed += 1;
      };
      while (await store.sweep(7, count)) steps += 1;
      assert.ok(steps <= 7);
      assert.ok(removed === 30 || removed === 0, `${removed} were removed, unless the store does so by itself`);
      for (let index = 0; index < 10; index++) assert.equal((await read(`live:${index}`))?.value, "1");
      assert.equal(await read("expired:1"), null);
    });

    it("does in any history what a plain table would do", async () => {
      await fc.assert(
        fc.asyncProperty(sessionHistories, async (history) => {
          const { store, clock } = await openStore();
          await followHistory(history, store, clock);
          await store.close();
        }),
        { seed: 23, numRuns: runs },
      );
    });

    async function openStore() {
      const clock = { time: Date.now() + HOUR_MS };
      const expiresAt = clock.time + HOUR_MS;
      const opened = await open(() => clock.time);
      store = opened;
      const read = async (key = KEY) => opened.read(key);
      const write = async (value: string, version: string | null, key = KEY, until = expiresAt) =>
        opened.write(key, { value, expiresAt: until }, version);
      return { store: opened, clock, expiresAt, read, write };
    }
  });
}
