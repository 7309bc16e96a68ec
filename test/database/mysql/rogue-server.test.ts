import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { describe, it } from "node:test";
import { mysqlAddress } from "../../../src/database/mysql/mysql-address.ts";
import { MysqlDriver } from "../../../src/database/mysql/mysql-driver.ts";

const PASSWORD = "very-s3cret";
const HEADER_LENGTH = 4;
const NONCE = "12345678901234567890";
const OK = Buffer.from([0, 0, 0, 2, 0, 0, 0]);

/** A greeting as of a MySQL 8 that knows no TLS. */
const GREETING = Buffer.concat([
  Buffer.from("\n8.0.0\0\x01\0\0\0", "latin1"),
  Buffer.from(`${NONCE.slice(0, 8)}\0`),
  Buffer.from([0x81, 0x82, 0xff, 2, 0, 8, 0, 21]), // it takes files, and names the way to authenticate
  Buffer.alloc(10),
  Buffer.from(`${NONCE.slice(8)}\0mysql_native_password\0`),
]);

const switchTo = (plugin: string) => Buffer.from(`\xFE${plugin}\0${NONCE}\0`, "latin1");

/** Lets the driver ask a server that answers with these packets in turn, and tells what the driver sent. */
async function heardBy(answers: readonly Buffer[], host = "127.0.0.1"): Promise<{ sent: Buffer; error: unknown }> {
  const heard: Buffer[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    const left = [...answers];
    sockets.push(socket.on("error", () => {}));
    socket.write(packet(GREETING, 0));
    socket.on("data", (data: Buffer) => {
      heard.push(data);
      const answer = left.shift();
      if (answer === undefined) socket.destroy();
      else socket.write(packet(answer, ((data[3] ?? 0) + 1) % 256));
    });
  }).listen(0, "0.0.0.0");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const driver = new MysqlDriver(mysqlAddress(`mysql://ann:${PASSWORD}@${host}:${port}/shop`));
  const error = await driver.begin(0).catch((thrown: unknown) => thrown);
  await driver.close();
  for (const socket of sockets) socket.destroy();
  server.close();
  return { sent: Buffer.concat(heard), error };
}

function packet(content: Buffer, sequence: number): Buffer {
  const header = Buffer.alloc(HEADER_LENGTH);
  header.writeUIntLE(content.length, 0, HEADER_LENGTH - 1);
  header[HEADER_LENGTH - 1] = sequence;
  return Buffer.concat([header, content]);
}

describe("a rogue MySQL server", () => {
  it("gets no file that it asks for", async () => {
    const wanted = Buffer.from(`\xFB${import.meta.filename}`, "latin1");
    const { sent, error } = await heardBy([OK, wanted, OK]);
    assert.equal(Object(error).code, "unreachable");
    assert.equal(sent.includes("SET NAMES"), true);
    assert.equal(sent.includes("a rogue MySQL server"), false);
  });

  it("gets no password in plain text", async () => {
    const { sent, error } = await heardBy([switchTo("mysql_clear_password"), OK]);
    assert.match(String(Object(error).cause), /plain text/);
    assert.equal(sent.includes(PASSWORD), false);
  });

  it("gets no password for its own key, unless it is on this machine", async () => {
    const askAll = Buffer.from([1, 4]);
    const key = Buffer.from("\x01-----BEGIN PUBLIC KEY-----\n", "latin1");
    const answers = [switchTo("caching_sha2_password"), askAll, key, OK];
    const { sent, error } = await heardBy(answers, "0.0.0.0");
    assert.match(String(Object(error).cause), /sslmode=verify-full/);
    assert.equal(sent.includes(PASSWORD), false);
    const trusting = await heardBy(answers);
    assert.doesNotMatch(String(Object(trusting.error).cause), /sslmode=verify-full/);
  });
});
