import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { postgresAddress } from "../../../src/database/postgres/postgres-address.ts";
import { placeOf } from "../../../src/database/server-address.ts";

describe("postgresAddress", () => {
  it("reads where the database is and how to get in", () => {
    assert.deepEqual(postgresAddress("postgres://ann:p%40ss%2Fword@db.example:6543/shop?pool=5&sslmode=verify-full"), {
      host: "db.example",
      port: 6543,
      user: "ann",
      password: "p@ss/word",
      database: "shop",
      maxConnections: 5,
      tls: { certificateFile: undefined },
    });
    const { host, port, maxConnections, tls, password } = postgresAddress("postgres://ann@[::1]/shop");
    assert.deepEqual([host, port, maxConnections, tls, password], ["::1", 5432, 10, false, ""]);
  });

  it("reads a folder with a socket", () => {
    const address = postgresAddress("postgres://ann@%2Fvar%2Frun%2Fpostgresql/shop");
    assert.equal(address.host, "/var/run/postgresql");
    assert.equal(placeOf(address), "/var/run/postgresql");
    assert.equal(placeOf(postgresAddress("postgres://ann@[::1]/shop")), "[::1]:5432");
  });

  it("encrypts with every certificate checked, or not at all", () => {
    const tlsOf = (query: string) => postgresAddress(`postgres://ann@db/shop?${query}`).tls;
    for (const query of ["sslmode=require", "sslmode=verify-ca", "ssl=true", "ssl=true&sslmode=verify-full"]) {
      assert.deepEqual(tlsOf(query), { certificateFile: undefined }, query);
    }
    assert.deepEqual(tlsOf("ssl=true&sslrootcert=/ca.pem"), { certificateFile: "/ca.pem" });
    assert.equal(tlsOf("ssl=false"), false);
    for (const query of [
      "sslmode=prefer",
      "sslmode=allow",
      "sslmode=no-verify",
      "sslmode=",
      "ssl=1",
      "ssl=false&sslmode=require",
      "ssl=true&sslmode=disable",
      "sslrootcert=/ca.pem",
    ]) {
      assert.throws(() => tlsOf(query), { code: "OPTION_INVALID", message: /sslmode/ }, query);
    }
  });

  it("refuses what it does not know by its name", () => {
    const url = (query: string) => () => postgresAddress(`postgres://ann@db/shop?${query}`);
    assert.throws(url("pol=5"), { code: "OPTION_INVALID", message: /"pol".*"pool"/ });
    assert.throws(url("pool=5&pool=6"), { code: "OPTION_INVALID", message: /twice/ });
    for (const pool of ["0", "101", "1.5", "x", "", "-1", "Infinity"]) {
      assert.throws(url(`pool=${pool}`), { code: "OPTION_INVALID", message: /1 to 100/ }, pool);
    }
  });

  it("shows nothing of a URL that cannot be read: any part may be the password", () => {
    for (const rest of [
      "ann:secret@db",
      "ann:secret@db/",
      "ann:secret@db/a/b",
      ":secret@db/shop",
      "secret@/shop",
      "ann:sec%ret@db/shop",
      "ann:%00secret@db/shop",
      "ann:pass/secret@db/shop",
      "ann:1/x?secret@db/shop",
      "ann:a@b/x?secret@db/shop",
      "ann:a@b/x?secret&pass@db/shop=1",
      "ann:pass#secret@db/shop",
      "ann:pass@db/shop#secret",
    ]) {
      const attempt = () => postgresAddress(`postgres://${rest}`);
      assert.throws(attempt, ({ code, message }: Error & { code: string }) => {
        return code === "OPTION_INVALID" && !message.includes("secret");
      });
    }
  });
});
