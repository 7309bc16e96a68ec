import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openMongodbStore } from "../../../src/session/stores/open-mongodb-store.ts";
import { openRedisStore } from "../../../src/session/stores/redis-store.ts";

const now = (): number => 0;
/** A driver that tells what it was given, and opens nothing. */
const TELLS_OPTIONS =
  "data:text/javascript,export class MongoClient { constructor(url, options) { throw Object.assign(new Error('told'), { options }) } }";

describe("openRedisStore", () => {
  it("closes the client it was given to close where nothing answers", async () => {
    const closed: string[] = [];
    const redis = { eval: () => Promise.reject(new Error("connect ECONNREFUSED")) };
    const onClose = () => void closed.push("redis");
    await assert.rejects(openRedisStore(redis, { now, onClose }), { code: "SESSION_STORE_UNUSABLE" });
    assert.deepEqual(closed, ["redis"]);
    await assert.rejects(openRedisStore(redis, { now }), { code: "SESSION_STORE_UNUSABLE" });
    assert.deepEqual(closed, ["redis"]);
  });
});

describe("openMongodbStore", () => {
  const optionsFor = async (credentials: object): Promise<Record<string, unknown>> => {
    const opening = openMongodbStore({ url: "mongodb://127.0.0.1/", now, ...credentials }, TELLS_OPTIONS);
    const { cause } = await opening.then(
      () => assert.fail(),
      (error: Error) => error,
    );
    return (cause as { options: Record<string, unknown> }).options;
  };

  it("hands user and password on beside the URL, as they are, and none where there is none", async () => {
    const { auth } = await optionsFor({ username: "zoe", password: "p@ss/w:rd%" });
    assert.deepEqual(auth, { username: "zoe", password: "p@ss/w:rd%" });
    assert.equal("auth" in (await optionsFor({})), false);
  });
});
