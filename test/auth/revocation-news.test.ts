import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Revocations } from "../../src/auth/revocations.ts";
import { sha256 } from "../../src/crypto/sha256.ts";
import { StoreDouble } from "./store-double.ts";

const IAT = 1_700_000_000;
const now = (): number => IAT * 1000;
const alice = { sub: "alice", iat: IAT };

/** One of several processes over a store, and how often it has said that it knows more than before. */
function startOver(store: StoreDouble) {
  const news: number[] = [];
  const revocations = new Revocations({ store, tokenSeconds: 3600, onNews: () => news.push(news.length), now });
  return { revocations, news };
}

describe("Revocations.onNews", () => {
  it("is told of a revocation at once, before the store has answered", async () => {
    const { revocations, news } = startOver(new StoreDouble(now));
    const stored = revocations.revokeSubject("alice");
    assert.equal(news.length, 1);
    await stored;
  });

  it("is told once of what another process has revoked, when it can be asked for", async () => {
    const store = new StoreDouble(now);
    const [one, two] = [startOver(store), startOver(store)];
    await one.revocations.revokeSubject("alice");
    await two.revocations.refresh();
    assert.deepEqual([two.news.length, two.revocations.isRevoked(alice)], [1, true]);
    await two.revocations.refresh();
    assert.equal(two.news.length, 1);
  });

  it("is told nothing where there is nothing new, nor of what this process has stored itself", async () => {
    const { revocations, news } = startOver(new StoreDouble(now));
    await revocations.load();
    assert.equal(news.length, 0);
    await revocations.revokeSubject("alice");
    await revocations.refresh();
    assert.equal(news.length, 1);
  });
});

describe("the record of all revocations", () => {
  it("stands under one key, which processes of another version ask for too", async () => {
    const store = new StoreDouble(now);
    await startOver(store).revocations.revokeSubject("alice");
    assert.deepEqual([...store.records.keys()], [`revocations:${sha256("every process", "base64url")}`]);
    assert.match([...store.records.keys()].join(), /^revocations:[\w-]{43}$/);
  });

  it("costs one read and one write to change", async () => {
    const store = new StoreDouble(now);
    const { revocations } = startOver(store);
    await revocations.revokeSubject("alice");
    assert.deepEqual(store.asked, ["read", "write"]);
  });

  it("is left alone where a token lives no longer than was known", async () => {
    const store = new StoreDouble(now);
    const { revocations } = startOver(store);
    revocations.expectTokenSeconds(3600);
    await revocations.refresh();
    assert.deepEqual(store.asked, ["read"]);
  });

  it("ends what is tied with five seconds for clocks that differ, once it holds too many entries to keep each", async () => {
    const { revocations } = startOver(new StoreDouble(now));
    await Promise.all(Array.from({ length: 10_001 }, (_, n) => revocations.revokeTied("session", `s${n}`)));
    const isRevoked = (iat: number): boolean => revocations.isRevoked({ session_tie: "live", iat });
    assert.deepEqual([isRevoked(IAT + 5), isRevoked(IAT + 6)], [true, false]);
  });
});
