import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { after, afterEach, beforeEach, describe, it } from "node:test";
import { inspect } from "node:util";
import { Database } from "../../../src/database/database.ts";
import { DatabasePools } from "../../../src/database/database-pools.ts";
import { mysqlAddress } from "../../../src/database/mysql/mysql-address.ts";
import { MysqlDriver } from "../../../src/database/mysql/mysql-driver.ts";
import { makeCertificate } from "./certificate.ts";
import { startMariadb } from "./mariadb-server.ts";
import { type OpenedMysql, openMysql } from "./opened-mysql.ts";

const { certificateFile, folder, keyFile } = makeCertificate("localhost");
const server = await startMariadb(`--ssl-cert=${certificateFile}`, `--ssl-key=${keyFile}`);
after(async () => {
  rmSync(folder, { recursive: true });
  if (typeof server !== "string") await server.stop();
});

describe("MariaDB that fails", { skip: typeof server === "string" && server }, () => {
  let opened: OpenedMysql;
  let database: Database;

  beforeEach(async () => {
    if (typeof server === "string") throw new Error(server);
    opened = await openMysql(server, 5);
    ({ database } = opened);
    await database.execute("CREATE TABLE users (id BIGINT AUTO_INCREMENT PRIMARY KEY, email VARCHAR(20) UNIQUE)");
  });
  afterEach(async () => opened.close());

  const emails = async () => (await database.fetch("SELECT email FROM users ORDER BY email")).map(({ email }) => email);
  const killAll = async () => {
    if (typeof server === "string") throw new Error(server);
    const others = "SELECT id FROM information_schema.processlist WHERE user = 'tina4' AND id <> CONNECTION_ID()";
    const ids = await server.administer(others);
    await server.administer(...ids.map(({ id }) => `KILL ${id}`));
  };

  it("is an error of the transaction whose connection was ended, and of nobody else", async () => {
    const outcome = database.transaction(async (transaction) => {
      await transaction.insert("users", { email: "a" });
      await killAll();
      await transaction.insert("users", { email: "b" });
    });
    await assert.rejects(outcome, { name: "DatabaseError", code: "lost" });
    assert.deepEqual(await emails(), []);
    await database.insert("users", { email: "c" });
  });

  it("is no success where the commit got no answer", async () => {
    const outcome = database.transaction(async (transaction) => {
      await transaction.insert("users", { email: "a" });
      await killAll();
    });
    await assert.rejects(outcome, { name: "DatabaseError", code: "lost", message: /unknown/ });
    assert.deepEqual(await emails(), []);
  });

  it("does not end the process when it ends connections that nobody uses", async () => {
    await Promise.all(Array.from({ length: 5 }, () => database.fetch("SELECT SLEEP(0.01)")));
    await killAll();
    const inserts = Array.from({ length: 5 }, (_, n) => database.insert("users", { email: n }));
    for (const outcome of await Promise.allSettled(inserts)) {
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
      await transaction.fetch("SELECT SLEEP(60)");
    });
    await reached;
    const cutOff = assert.rejects(cut, { name: "DatabaseError", code: "lost" });
    await server.crash();
    await cutOff;
    const error = await database.fetch("SELECT 1").catch((thrown: unknown) => thrown);
    assert.ok(error instanceof Error);
    const { status, code } = Object(error);
    assert.deepEqual([error.name, status, code], ["DatabaseUnreachableError", 503, "unreachable"]);
    assert.match(String(error.cause), new RegExp(`MySQL at 127\\.0\\.0\\.1:${server.port} cannot be reached`));
    assert.doesNotMatch(error.message, /127|MySQL/);
    await server.startAgain();
    assert.deepEqual(await emails(), ["a"]);
  });

  it("lets nobody in with a wrong password, and shows none of it", async () => {
    const url = opened.url.replace(/:[^:@]+@/, ":wr0ng-secret@");
    const { pools } = opened;
    const refused = await new Database({ url, pools }).fetch("SELECT 1").catch((thrown: unknown) => thrown);
    assert.equal(Object(refused).code, "unreachable");
    const shown = inspect(refused, { depth: 9, showHidden: true });
    assert.match(shown, /Access denied/);
    assert.doesNotMatch(shown, /wr0ng-secret/);
  });

  it("says which package is missing", async () => {
    const driver = new MysqlDriver(mysqlAddress(opened.url), "mysql2-that-is-not-there");
    await assert.rejects(driver.begin(0), { code: "PACKAGE_MISSING", message: /npm install mysql2-that/ });
  });

  it("is trusted for the certificate that was asked for, and no other", async () => {
    const ask = (query: string) => {
      const url = `${opened.url.replace("127.0.0.1", "localhost")}${query}`;
      return new Database({ url, pools: opened.pools }).fetchOne("SHOW STATUS LIKE 'Ssl_version'");
    };
    const isRefusal = (reason: RegExp) => (error: Error) =>
      Object(error).code === "unreachable" && reason.test(String(error.cause));
    const trusting = `&sslmode=verify-full&sslrootcert=${certificateFile}`;
    assert.match(String((await ask(trusting))?.Value), /^TLSv1\.[23]$/);
    assert.equal((await ask(""))?.Value, "");
    await assert.rejects(ask("&ssl=true"), isRefusal(/self-signed certificate/));
    const other = makeCertificate("localhost");
    await assert.rejects(ask(`&ssl=true&sslrootcert=${other.certificateFile}`), isRefusal(/self-signed|certificate/));
    rmSync(other.folder, { recursive: true });
    assert.throws(() => mysqlAddress(`${opened.url}&ssl=true`), { code: "OPTION_INVALID", message: /its name/ });
  });

  it("bears a thousand requests on five connections, and is busy for those that would wait too long (Q13)", async () => {
    const requests = Array.from({ length: 1_000 }, (_, n) => database.insert("users", { email: String(n) }));
    const ids = new Set((await Promise.all(requests)).map(({ lastId }) => lastId));
    assert.equal(ids.size, 1_000);
    const connections = "SELECT COUNT(*) AS n FROM information_schema.processlist WHERE db = DATABASE()";
    assert.equal((await database.fetchOne(connections))?.n, 5);
    const hold = () => database.transaction(async (transaction) => transaction.fetch("SELECT SLEEP(0.2)"));
    const holding = Array.from({ length: 5 }, hold);
    const late = Array.from({ length: 100 }, () => database.transaction(async () => {}, { waitMilliseconds: 1 }));
    for (const outcome of await Promise.allSettled(late)) {
      assert.equal(outcome.status === "rejected" && outcome.reason.code, "busy");
    }
    await Promise.all(holding);
  });

  it("is busy, and only for now, when it has no room for one more connection", async () => {
    if (typeof server === "string") throw new Error(server);
    const account = "ALTER USER 'tina4'@'127.0.0.1' WITH MAX_USER_CONNECTIONS";
    await server.administer(`${account} 3`);
    const asked = await Promise.allSettled(Array.from({ length: 5 }, () => database.fetch("SELECT SLEEP(0.2)")));
    const reasons = asked.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
    assert.deepEqual(
      new Set(reasons.map(({ name, status }) => `${name} ${status}`)),
      new Set(["DatabaseBusyError 503"]),
    );
    await database.close();
    await server.administer(`${account} 0`);
    assert.deepEqual(await emails(), []);
  });

  it("is left alone by another application in the same process", async () => {
    const others = new DatabasePools({ root: "/" });
    await new Database({ url: opened.url, pools: others }).fetch("SELECT 1");
    await others.close();
    await database.insert("users", { email: "a" });
  });
});
