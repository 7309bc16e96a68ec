import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { type TestClient, testClient } from "../../src/testing/test-client.ts";
import type { TestRequest } from "../../src/testing/test-request.ts";
import type { Files } from "../../src/uploads/files.ts";
import { UploadBatch } from "../../src/uploads/upload-batch.ts";
import type { UploadOptions } from "../../src/uploads/upload-options.ts";
import { UploadedFile } from "../../src/uploads/uploaded-file.ts";
import { describeOverBothTransports } from "../app/both-transports.ts";
import { type LogMemory, newApp } from "../app/test-app.ts";
import { field, file, form } from "../http/multipart/form-bytes.ts";
import { TemporaryParent } from "../uploads/temporary-parent.ts";
import { multipart } from "./multipart-request.ts";

const LIMITS = { TINA4_MAX_BODY_SIZE: 2000, TINA4_MAX_UPLOAD_SIZE: 100_000 };
const NOTHING_MADE: readonly string[] = [];

describeOverBothTransports("an upload", (open) => {
  const temporary = new TemporaryParent();
  const systemFolder = process.env.TMPDIR;
  let client: TestClient;
  let log: LogMemory;
  let seen: readonly string[] = NOTHING_MADE;

  before(async () => {
    process.env.TMPDIR = temporary.path;
    const { app, log: memory } = newApp(LIMITS);
    log = memory;
    const echo = async ({ body, files }: { body: unknown; files: Files }) => {
      seen = temporary.files;
      return { body, files: await described(files) };
    };
    const route = (path: string, upload: UploadOptions) => app.post(path, { noAuth: true, upload }, echo);
    route("/upload", {});
    route("/one", { maxFiles: 1, maxFileSize: 10, types: ["text/*"] });
    app.post("/plain", echo).noAuth();
    app.post("/guarded", echo).upload();
    app.post("/admin", { noAuth: true, upload: true, body: refusing }, echo);
    app
      .post("/throws", () => {
        seen = temporary.files;
        throw new Error("broken");
      })
      .noAuth()
      .upload();
    app
      .post("/keep", async ({ files }) => {
        await (files.f as UploadedFile).moveTo(`${temporary.path}/kept/f`);
        return "kept";
      })
      .noAuth()
      .upload();
    client = await open(app);
  });

  after(async () => {
    await client.close();
    process.env.TMPDIR = systemFolder;
    if (systemFolder === undefined) delete process.env.TMPDIR;
    assert.deepEqual(temporary.folders, [], "the application leaves no folder behind");
    temporary.remove();
  });

  async function send(path: string, request: TestRequest): Promise<[number, unknown]> {
    seen = NOTHING_MADE;
    const answer = await client.post(path, request);
    const body = await answer.json();
    await nothingLeft();
    return [answer.status, body];
  }

  /** Removal begins when the response is out, so a client may be faster by some turns. */
  async function nothingLeft(): Promise<void> {
    for (let turns = 0; turns < 10_000 && temporary.files.length > 0; turns += 1) await turn();
    assert.deepEqual(temporary.files, []);
  }

  it("gives fields as the body and files apart from it, and removes them after the response", async () => {
    const data = new FormData();
    data.append("title", "Müll");
    data.append("photo", new Blob(["abc"], { type: "image/png" }), "../Ä.png");
    data.append("more[]", new Blob(["1"]), "1");
    data.append("more[]", new Blob([]), "2");
    data.append("page[scan]", new Blob(["x"]), "x");
    assert.deepEqual(await send("/upload", { multipart: data }), [
      200,
      {
        body: { title: "Müll" },
        files: {
          photo: "Ä.png image/png 3 abc",
          more: ["1 application/octet-stream 1 1", "2 application/octet-stream 0 "],
          page: { scan: "x application/octet-stream 1 x" },
        },
      },
    ]);
    assert.equal(seen.length, 4);
  });

  it("is an ordinary body where it is none", async () => {
    assert.deepEqual(await send("/upload", { json: { a: 1 } }), [200, { body: { a: 1 }, files: {} }]);
    assert.deepEqual(await send("/upload", {}), [200, { body: {}, files: {} }]);
    assert.equal((await send("/upload", { json: { a: "x".repeat(2000) } }))[0], 413);
  });

  it("takes an empty file input for no file", async () => {
    const body = form(field("a", "1"), file("f", "", ""));
    for (const path of ["/upload", "/plain"]) {
      assert.deepEqual(await send(path, multipart(body)), [200, { body: { a: "1" }, files: {} }]);
    }
  });

  it("is refused with 415 without .upload(), and nothing is written to disk (U13)", async () => {
    const refused = [415, { error: "Unsupported media type" }];
    log.lines.length = 0;
    assert.deepEqual(await send("/plain", multipart(form(file("f", "a", "x".repeat(1000))))), refused);
    assert.deepEqual(
      log.entries.map(({ reason }) => reason),
      ["POST /plain takes no files: add .upload()"],
    );
    assert.deepEqual(await send("/plain", multipart(form(field("a", "1")))), [200, { body: { a: "1" }, files: {} }]);
    assert.equal((await send("/plain", multipart(form(field("a", "x".repeat(2000))))))[0], 413);
  });

  it("is not read before the gate", async () => {
    const body = form(file("f", "a", "x"));
    assert.equal((await send("/guarded", multipart(body)))[0], 401);
    assert.deepEqual(seen, NOTHING_MADE);
    const token = client.app.auth.getToken({ sub: 1 });
    assert.equal((await send("/guarded", { ...multipart(body), token }))[0], 200);
  });

  it("is bounded as a whole, with a length and without one, by 413", async () => {
    const big = form(file("f", "a", "x".repeat(100_000)));
    for (const headers of [{}, { "Transfer-Encoding": "chunked" }]) {
      assert.deepEqual(await send("/upload", multipart(big, headers)), [413, { error: "Request body too large" }]);
      const good = form(file("f", "a", "x".repeat(90_000)));
      assert.equal((await send("/upload", multipart(good, headers)))[0], 200);
    }
    assert.equal((await send("/upload", multipart(form(field("a", "x".repeat(2001))))))[0], 413);
  });

  it("is bounded by the options of its route", async () => {
    const one = (...parts: Buffer[]) => send("/one", multipart(form(...parts)));
    assert.equal((await one(file("f", "a", "0123456789")))[0], 200);
    assert.equal((await one(file("f", "a", "0123456789a")))[0], 413);
    assert.equal((await one(file("f", "a", "1"), file("g", "a", "1")))[0], 413);
    assert.equal((await one(file("f", "a", "1", "image/png")))[0], 415);
  });

  it("is malformed where two files of one name are no list, and where it ends early", async () => {
    assert.equal((await send("/upload", multipart(form(file("f", "a", "1"), file("f", "b", "2")))))[0], 400);
    assert.equal((await send("/upload", multipart(form(file("__proto__", "a", "1")))))[0], 400);
    assert.equal((await send("/upload", multipart(form(file("f", "a", "1")).subarray(0, -6))))[0], 400);
  });

  it("leaves nothing when a schema refuses it or the handler throws", async () => {
    assert.equal((await send("/admin", multipart(form(file("f", "a", "1")))))[0], 400);
    assert.equal((await send("/throws", multipart(form(file("f", "a", "1")))))[0], 500);
    assert.equal(seen.length, 1);
  });

  it("stays where it was moved", async () => {
    const answer = await client.post("/keep", multipart(form(file("f", "a", "mine"))));
    assert.equal(await answer.text(), "kept");
    await client.get("/");
    assert.deepEqual(temporary.files, ["f"]);
    temporary.removeFolder("kept");
    await nothingLeft();
  });
});

const refusing = {
  "~standard": { version: 1 as const, vendor: "test", validate: () => ({ issues: [{ message: "no" }] }) },
};

async function described(files: unknown): Promise<unknown> {
  if (files instanceof UploadedFile) return `${files.name} ${files.type} ${files.size} ${await files.text()}`;
  if (Array.isArray(files)) return Promise.all(files.map(described));
  const entries = Object.entries(files as object).map(async ([name, file]) => [name, await described(file)]);
  return Object.fromEntries(await Promise.all(entries));
}

it("receiveUpload logs by the request's id that a file could not be removed", async (test) => {
  test.mock.method(UploadBatch.prototype, "discard", () => Promise.reject(new Error("busy")));
  const { app, log } = newApp(LIMITS);
  app
    .post("/upload", () => ({}))
    .noAuth()
    .upload();
  const client = await testClient(app);
  const answer = await client.post("/upload", { multipart: new FormData() });
  await client.close();
  const [entry, ...others] = log.entries;
  assert.deepEqual([answer.status, others], [200, []]);
  assert.deepEqual(
    [entry?.level, entry?.message, entry?.id, (entry?.error as Error | undefined)?.message],
    ["error", "an uploaded file could not be removed", answer.headers.get("X-Request-ID"), "busy"],
  );
});
