import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, describe, it } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { readMultipartForm } from "../../src/http/multipart/read-multipart-form.ts";
import { readBody } from "../../src/http/read-body.ts";
import type { Step } from "../../src/pipeline/step.ts";
import { UploadBatch } from "../../src/uploads/upload-batch.ts";
import { UploadFolder } from "../../src/uploads/upload-folder.ts";
import { uploadRule } from "../../src/uploads/upload-options.ts";
import { RawConnection } from "../app/raw-connection.ts";
import { CAN_COUNT_HANDLES, openHandles } from "../files/open-handles.ts";
import { BOUNDARY, file, form } from "../http/multipart/form-bytes.ts";
import { TemporaryParent } from "../uploads/temporary-parent.ts";
import { startTickingServer, type TickingServer } from "./ticking-server.ts";

const CLIENTS = 100;
const MAX_TURNS = 20_000;
/** Long enough for 20,000 bytes to have come at less than the least rate. */
const STALL_SECONDS = 90;
const LIMITS = { maxBytes: 1_000_000, maxFieldBytes: 1000 };
const HEAD = `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=${BOUNDARY}\r\n`;
const BEGINNING = form(file("first", "a", "whole"), file("second", "b", "x".repeat(40_000))).subarray(0, 20_000);

/** Node.js forgets a request once it is answered, and tells nobody who still reads its body that no more will come. */
describe("a body that its client gives up after a while", { timeout: 60_000 }, () => {
  const temporary = new TemporaryParent();
  const folder = new UploadFolder({ parent: temporary.path });
  const warnings: string[] = [];
  const noteWarning = ({ message }: Error): void => void warnings.push(message);
  let server: TickingServer;
  let reading = 0;
  let read: Step;

  before(async () => {
    process.on("warning", noteWarning);
    server = await startTickingServer(async (request, response) => {
      reading += 1;
      try {
        return await read(request, response);
      } finally {
        reading -= 1;
      }
    });
  });

  after(async () => {
    await server.close();
    await folder.remove();
    process.off("warning", noteWarning);
    temporary.remove();
  });

  const receive: Step = async ({ raw }, response) => {
    const batch = new UploadBatch(folder, uploadRule(true));
    response.onceSent(() => void batch.discard());
    const takeFile = async (part: Parameters<UploadBatch["take"]>[0]) => ({
      value: (await batch.take(part)) as object,
    });
    return (await readMultipartForm(raw, { ...LIMITS, takeFile })).refusal;
  };
  const keep: Step = async ({ raw }) => {
    const { refusal } = await readBody(raw, LIMITS.maxBytes);
    return refusal;
  };

  const leave = (connections: readonly RawConnection[]): void => {
    for (const { socket } of connections) socket.destroy();
  };
  const stall = async (connections: readonly RawConnection[]): Promise<void> => {
    server.tick(STALL_SECONDS);
    for (const connection of connections) assert.match(await connection.all(), /^HTTP\/1\.1 408 /);
  };

  for (const [what, giveUp] of Object.entries({ "politely leaves": leave, "falls silent until the 408": stall })) {
    it(`leaves no descriptor, file or reader behind when its client ${what} amid a file (U03)`, async () => {
      read = receive;
      const connections = await begin(() => temporary.files.length === 2 * CLIENTS);
      await giveUp(connections);
      await until(() => reading === 0 && temporary.files.length === 0);
      assert.equal(CAN_COUNT_HANDLES ? openHandles(temporary.path) : 0, 0);
      assert.deepEqual(warnings, []);
    });

    it(`is not kept in memory when its client ${what}`, async () => {
      read = keep;
      await giveUp(await begin(() => reading === CLIENTS));
      await until(() => reading === 0);
    });
  }

  async function begin(areReceived: () => boolean): Promise<RawConnection[]> {
    const connections = await Promise.all(Array.from({ length: CLIENTS }, () => RawConnection.open(server.port)));
    for (const connection of connections) {
      connection.send(`${HEAD}Content-Length: 50000\r\n\r\n${BEGINNING.toString("latin1")}`);
      if (connection.socket.writableLength > 0) await once(connection.socket, "drain");
    }
    await until(areReceived);
    return connections;
  }
});

/** Waits turn by turn, so that it takes no longer than what is waited for. */
async function until(isSo: () => boolean): Promise<void> {
  for (let turns = 0; !isSo(); turns += 1) {
    assert.ok(turns < MAX_TURNS, "what was waited for did not happen");
    await turn();
  }
}
