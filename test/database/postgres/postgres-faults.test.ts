import assert from "node:assert/strict";
import { after, afterEach, beforeEach, describe, it } from "node:test";
import { inspect } from "node:util";
import { Database } from "../../../src/database/database.ts";
import { DatabasePools } from "../../../src/database/database-pools.ts";
import { postgresAddress } from "../../../src/database/postgres/postgres-address.ts";
import { PostgresDriver } from "../../../src/database/postgres/postgres-driver.ts";
import { type OpenedPostgres, openPostgres } from "./opened-postgres.ts";
import { PASSWORD, startPostgres } from "./postgres-server.ts";

const server = await startPostgres();
after(async () => typeof server === "string" || server.stop());

describe("PostgreSQL that fails", { skip: typeof server === "string" && server }, () => {
  let opened: OpenedPostgres;
  let database: Database;

  beforeEach(async () => {
    if (typeof server === "string") throw new Error(server);
    opened = await openPostgres(server, 5);
    ({ database } = opened);
    await database.execute("CREATE TABLE users (id SERIAL PRIMARY KEY, email TEXT UNIQUE)");
  });
  afterEach(async () => opened.close());

  const TERMINATE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tina4'";
  const terminateAll = async () => typeof server === "string" || server.query(TERMINATE);
  const emails = async () => (await database.fetch("SELECT email FROM users ORDER BY email")).map(({ email }) => email);

  it("is an error of the transaction whose connection was ended, and of nobody else", async () => {
    const outcome = database.transaction(async (transaction) => {
      await transaction.insert("users", { email: "a" });
      await terminateAll();
      await transaction.insert("users", { email: "b" });
    });
    await assert.rejects(outcome, { name: "DatabaseError", code: "lost" });
    assert.deepEqual(await emails(), []);
    await database.insert("users", { email: "c" });
  });

  it("is no success where the commit got no answer", async () => {
    const outcome = database.transaction(async (transaction) => {
      await transaction.insert("users", { email: "a" });
      await terminateAll();
    });
    await assert.rejects(outcome, { name: "DatabaseError", code: "lost", message: /unknown/ });
    assert.deepEqual(await emails(), []);
  });

  it("does not end the process when it ends connections that nobody uses", async () => {
    await Promise.all(Array.from({ length: 5 }, () => database.fetch("SELECT pg_sleep(0.01)")));
    await terminateAll();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 5 }, (_, n) => database.insert("users", { email: n })),
    );
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") assert.equal(outcome.reason.code, "lost");
    }
    await database.insert("users", { email: "last" });
  });

  it("is out of reach while it is stopped, and serves again when it has started", async () => {
    if (typeof server === "string") throw new Error(server);
    await database.insert("users", { email: "a" });
    let reach = () => {};
    const reached = new Promise<void>((resolve) => {
      reach = resolve;
    });
    const cut = database.transaction(async (transaction) => {
      await transaction.insert("users", { email: "b" });
      reach();
      await transaction.fetch("SELECT pg_sleep(60)");
    });
    await reached;
    const cutOff = assert.rejects(cut, { name: "DatabaseError", code: "lost" });
    await server.crash();
    await cutOff;
    const error = await database.fetch("SELECT 1").catch((thrown: unknown) => thrown);
    assert.ok(error instanceof Error);
    assert.deepEqual(
      [error.name, Object(error).status, Object(error).code],
      ["DatabaseUnreachableError", 503, "unreachable"],
    );
    assert.match(String(error.cause), new RegExp(`PostgreSQL at 127\\.0\\.0\\.1:${server.port} cannot be reached`));
    assert.doesNotMatch(error.message, /127|Postgre/);
    await server.startAgain();
    assert.deepEqual(await emails(), ["a"]);
  });

  it("lets nobody in with a wrong password, and shows none of it", async () => {
    if (typeof server === "string") throw new Error(server);
    const url = server.url.replace(encodeURIComponent(PASSWORD), "wr0ng-secret");
    const refused = await new Database({ url, pools: opened.pools })
      .fetch("SELECT 1")
      .catch((thrown: unknown) => thrown);
    assert.equal(Object(refused).code, "unreachable");
    assert.match(inspect(refused, { depth: 9, showHidden: true }), /password authentication failed/);
    assert.doesNotMatch(inspect(refused, { depth: 9, showHidden: true }), /wr0ng-secret/);
    assert.doesNotMatch(inspect(opened.pools, { depth: 9, showHidden: true }), /s3cret/);
  });

  it("says which package is missing", async () => {
    const driver = new PostgresDriver(postgresAddress(opened.url), "pg-that-is-not-there");
    await assert.rejects(driver.begin(0), { code: "PACKAGE_MISSING", message: /npm install pg-that/ });
  });

  it("is trusted for the certificate that was asked for, and no other, nor plain text", async () => {
    if (typeof server === "string") throw new Error(server);
    const ask = (query: string, host = "127.0.0.1") => {
      const url = `${opened.url.replace("127.0.0.1", host)}&sslmode=verify-full${query}`;
      return new Database({ url, pools: opened.pools }).fetchOne(
        "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()",
      );
    };
    const refusal = (reason: RegExp) => (error: Error) =>
      Object(error).code === "unreachable" && reason.test(String(error.cause));
    await assert.rejects(ask(""), refusal(/does not support SSL/));
    const authority = `&sslrootcert=${await server.encrypt()}`;
    assert.equal((await ask(authority))?.ssl, true);
    await assert.rejects(ask(""), refusal(/self-signed certificate/));
    await assert.rejects(ask(authority, "localhost"), refusal(/does not match/));
    await assert.rejects(ask("&sslrootcert=/nowhere.pem"), refusal(/nowhere\.pem/));
  });

  it("bears a thousand requests on five connections, and is busy for those that would wait too long (Q13)", async () => {
    const requests = Array.from({ length: 1_000 }, (_, n) => database.insert("users", { email: String(n) }));
    const ids = new Set((await Promise.all(requests)).map(({ lastId }) => lastId));
    assert.equal(ids.size, 1_000);
    const [row] = await database.fetch("SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database()");
    assert.equal(row?.n, 5);
    const hold = () => database.transaction(async (transaction) => transaction.fetch("SELECT pg_sleep(0.2)"));
    const holding = Array.from({ length: 5 }, hold);
    const late = Array.from({ length: 100 }, () => database.transaction(async () => {}, { waitMilliseconds: 1 }));
    const outcomes = await Promise.allSettled(late);
    const isBusy = (outcome: PromiseSettledResult<void>) =>
      outcome.status === "rejected" && outcome.reason.status === 503 && outcome.reason.code === "busy";
    assert.equal(outcomes.filter(isBusy).length, 100);
    await Promise.all(holding);
  });

  it("is left alone by another application in the same process", async () => {
    const others = new DatabasePools({ root: "/" });
    await new Database({ url: opened.url, pools: others }).fetch("SELECT 1");
    await others.close();
    await database.insert("users", { email: "a" });
  });
});
