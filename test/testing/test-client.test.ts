import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Tina4Error } from "../../src/errors.ts";
import { Database } from "../../src/global/database.ts";
import { FakeClock } from "../../src/testing/fake-clock.ts";
import { type TestClient, testClient } from "../../src/testing/test-client.ts";
import type { UploadedFile } from "../../src/uploads/uploaded-file.ts";
import { describeOverBothTransports } from "../app/both-transports.ts";
import { newApp, TEST_SECRET } from "../app/test-app.ts";
import { temporaryFolder } from "../files/temporary-folder.ts";

describeOverBothTransports("TestClient", (open) => {
  it("sends JSON, a form, text, a token and headers", async () => {
    const { app } = newApp();
    app
      .any("/echo", ({ method, body, user, headers }) => ({ method, body, sub: user?.sub, x: headers["x-a"] }))
      .noAuth();
    const client = await open(app);
    const echo = async (answer: Promise<Response>): Promise<unknown> => (await answer).json();
    assert.deepEqual(await echo(client.post("/echo", { json: { a: 1 } })), { method: "POST", body: { a: 1 } });
    assert.deepEqual(await echo(client.put("/echo", { form: { a: "ä&b" } })), { method: "PUT", body: { a: "ä&b" } });
    assert.deepEqual(await echo(client.patch("/echo", { token: app.auth.getToken({ sub: 7 }) })), {
      method: "PATCH",
      body: {},
      sub: 7,
    });
    assert.deepEqual(await echo(client.delete("/echo", { headers: { "X-A": "b" } })), {
      method: "DELETE",
      body: {},
      x: "b",
    });
    assert.deepEqual(await echo(client.get("/echo")), { method: "GET", body: {} });
    await client.close();
  });

  it("sends a multipart form with a file", async () => {
    const { app } = newApp();
    app
      .post("/upload", async ({ body, files }) => ({ body, text: await (files.note as UploadedFile).text() }))
      .noAuth()
      .upload();
    const client = await open(app);
    const multipart = new FormData();
    multipart.append("a", "1");
    multipart.append("note", new Blob(["grüße"]), "note.txt");
    const answer = await client.post("/upload", { multipart });
    assert.deepEqual(await answer.json(), { body: { a: "1" }, text: "grüße" });
    await client.close();
  });

  it("refuses a request with two bodies", async () => {
    const client = await open(newApp().app);
    await assert.rejects(
      client.post("/", { json: {}, form: {} }),
      (error) => error instanceof Tina4Error && error.code === "OPTION_INVALID",
    );
    await client.close();
  });

  const mistakes: readonly [string, (client: TestClient) => Promise<unknown>, string][] = [
    ["a body without its word", (client) => client.post("/a", { a: 1 } as never), "A body is { json }, { form }"],
    ["a query beside the path", (client) => client.get("/a", { query: { a: "1" } } as never), '"/orders?page=2"'],
    ["an object as text", (client) => client.post("/a", { body: {} } as never), "For JSON write { json: … }."],
    [
      "a path without a slash",
      (client) => client.get("a"),
      'client.get: a path begins with a slash, and "a" does not.',
    ],
  ];
  for (const [what, send, text] of mistakes) {
    it(`refuses ${what}, and says what to write`, async () => {
      const client = await open(newApp().app);
      await assert.rejects(send(client), (error) => error instanceof Tina4Error && error.message.includes(text));
      await client.close();
    });
  }

  it("keeps cookies, until they are deleted or the jar is cleared", async () => {
    const { app } = newApp();
    app.get("/set", (_request, response) => response.cookie("a", "1").cookie("b", "2").noContent());
    app.get("/delete", (_request, response) => response.clearCookie("a").noContent());
    app.get("/cookies", (request) => ({ ...request.cookies }));
    const client = await open(app);
    const cookies = async (): Promise<unknown> => (await client.get("/cookies")).json();
    await client.get("/set");
    assert.deepEqual(await cookies(), { a: "1", b: "2" });
    await client.get("/delete");
    assert.deepEqual(await cookies(), { b: "2" });
    client.cookies.set("c", "3");
    assert.deepEqual([await cookies(), client.cookies.get("c")], [{ b: "2", c: "3" }, "3"]);
    client.cookies.clear();
    assert.deepEqual(await cookies(), {});
    await client.close();
  });

  it("follows no redirect", async () => {
    const { app } = newApp();
    app.get("/go", (_request, response) => response.redirect("/there"));
    const client = await open(app);
    const answer = await client.get("/go");
    assert.deepEqual([answer.status, answer.headers.get("Location")], [302, "/there"]);
    await client.close();
  });
});

describe("testClient", () => {
  it("reports a mistake of the application at once", async () => {
    const { app } = newApp();
    app.get("/a", () => ({})).middleware("Unknown");
    await assert.rejects(testClient(app), { code: "MIDDLEWARE_UNKNOWN" });
    await app.close();
  });

  it("refuses to guess an application, and options that it does not have", async () => {
    await assert.rejects(testClient(undefined as never), {
      code: "OPTION_INVALID",
      message: /testClient\(\{ root: "\." \}\)/,
    });
    const { app } = newApp();
    await assert.rejects(testClient(app, { transprot: "socket" } as never), { message: /Did you mean "transport"/ });
    await app.close();
  });

  it("migrates the project's database first, when it is asked to, also one in memory", async () => {
    const root = temporaryFolder({
      "src/migrations/20260101000000_create_notes.sql":
        "-- UP\nCREATE TABLE notes (text TEXT);\n-- DOWN\nDROP TABLE notes;",
    });
    const settings = { SECRET: TEST_SECRET, TINA4_DATABASE_URL: "sqlite::memory:", TINA4_SESSION_BACKEND: "memory" };
    const client = await testClient({ root, settings }, { migrate: true });
    assert.deepEqual(await new Database().fetch("SELECT * FROM notes"), []);
    await client.close();
    const other = await testClient({ root, settings });
    await assert.rejects(new Database().fetch("SELECT * FROM notes"), { name: "DatabaseError" });
    await other.close();
  });

  it("works with a clock that a test moves", () => {
    const clock = new FakeClock(1_000_000);
    clock.advance(1.5);
    assert.equal(clock.now(), 1_001_500);
    clock.advance(-2);
    assert.equal(clock.now(), 999_500);
  });
});
