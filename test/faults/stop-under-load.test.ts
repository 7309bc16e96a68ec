import assert from "node:assert/strict";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { Agent, type ClientRequest, type IncomingMessage, request } from "node:http";
import { describe, it } from "node:test";
import { BOUNDARY, file, form } from "../http/multipart/form-bytes.ts";
import { temporaryFolder } from "../session/stores/temporary-folder.ts";
import { startBusyServer } from "./fixtures/start-busy-server.ts";

const CLIENTS = 30;
const ANSWERS_BEFORE = 300;
const MAX_REQUESTS = 10_000;
const UPLOADS = 5;
const FILE_BYTES = 200_000;
/** Ten seconds of grace, and the work of stopping. */
const MOST_SECONDS = 15;

/** What is asked, and how long the whole answer is. */
const QUESTIONS: readonly (readonly [path: string, bytes: number])[] = [
  ["/open", 11],
  ["/slow", 11],
  ["/large", 2_000_000],
  ["/stream", 10_000],
];
const UPLOAD = form(file("file", "a.bin", "x".repeat(FILE_BYTES)));

describe("SIGTERM under load", () => {
  it("lets every request that was begun have its whole answer, also an upload that is half sent, and ends with 0", async (test) => {
    const temporary = temporaryFolder();
    const { url, child, ended, stop } = await startBusyServer(temporary);
    test.after(stop);
    const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
    const counts = { whole: 0, cut: 0, unanswered: 0 };
    let stoppedAt = 0;
    let entered = 0;
    child.on("message", (message: { entered: number }) => {
      entered = message.entered;
    });

    const uploads = Array.from({ length: UPLOADS }, () => beginUpload(url));
    const client = async (_: unknown, first: number): Promise<void> => {
      for (let number = first; number < MAX_REQUESTS && counts.unanswered < CLIENTS; number += 1) {
        const [path, bytes] = QUESTIONS[number % QUESTIONS.length] as (typeof QUESTIONS)[number];
        counts[await outcomeOf(request(new URL(path, url), { agent }).end(), bytes)] += 1;
        if (stoppedAt > 0 || counts.whole < ANSWERS_BEFORE) continue;
        stoppedAt = performance.now();
        child.kill("SIGTERM");
        for (const upload of uploads) upload.end(UPLOAD.subarray(UPLOAD.length / 2));
      }
    };
    const sent = uploads.map((upload) => outcomeOf(upload, `{"size":${FILE_BYTES}}`.length));
    await Promise.all(Array.from({ length: CLIENTS }, client));
    assert.deepEqual(await Promise.all(sent), Array(UPLOADS).fill("whole"));
    assert.deepEqual(await ended, [0, null]);
    assert.ok(performance.now() - stoppedAt < MOST_SECONDS * 1000);
    assert.equal(counts.cut, 0);
    assert.equal(counts.whole + UPLOADS, entered);
    assert.deepEqual(readdirSync(temporary), []);
    test.diagnostic(JSON.stringify({ ...counts, milliseconds: Math.round(performance.now() - stoppedAt) }));
  });
});

function beginUpload(url: URL): ClientRequest {
  const headers = { "Content-Type": `multipart/form-data; boundary=${BOUNDARY}`, "Content-Length": UPLOAD.length };
  const upload = request(new URL("/upload", url), { method: "POST", headers });
  upload.write(UPLOAD.subarray(0, UPLOAD.length / 2));
  return upload;
}

async function outcomeOf(asked: ClientRequest, bytes: number): Promise<"whole" | "cut" | "unanswered"> {
  const [answer] = (await once(asked, "response").catch(() => [])) as [IncomingMessage?];
  if (answer === undefined) return "unanswered";
  let received = 0;
  answer.on("data", (chunk: Buffer) => {
    received += chunk.length;
  });
  await once(answer, "end").catch(() => undefined);
  return answer.complete && answer.statusCode === 200 && received === bytes ? "whole" : "cut";
}
