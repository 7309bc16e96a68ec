import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { z } from "zod";
import type { PlannedRoute } from "../../src/middleware/planner.ts";
import type { Services } from "../../src/middleware/services.ts";
import { validateInput } from "../../src/middleware/validate-input.ts";
import type { TestClient } from "../../src/testing/test-client.ts";
import { describeOverBothTransports } from "../app/both-transports.ts";
import { newApp } from "../app/test-app.ts";

const Register = z.object({
  name: z.string().trim().min(1, "Name is required"),
  email: z.email("Email is not valid"),
  address: z.object({ lines: z.array(z.string("Line is no text")) }).optional(),
});

describeOverBothTransports("validateInput", (open) => {
  let client: TestClient;
  let entered = 0;

  before(async () => {
    const { app } = newApp();
    app.post("/register", { noAuth: true, body: Register }, (request) => {
      entered += 1;
      return { name: request.body.name, keys: Object.keys(request.body) };
    });
    app.get(
      "/pages/{page}",
      { params: z.object({ page: z.coerce.number().int() }), query: z.object({ size: z.coerce.number().default(10) }) },
      (request) => {
        const next: number = request.params.page + 1;
        return { next, size: request.query.size * 1 };
      },
    );
    const free = z.string().refine(async (name) => name !== "alice", "Name is taken");
    app.post("/free", { noAuth: true, body: z.object({ name: free }) }, (request) => ({ free: request.body.name }));
    app.post("/closed", { body: Register, role: "admin" }, () => ({}));
    const broken = z.object({}).transform(() => {
      throw new Error("the schema is broken");
    });
    app.post("/broken", { noAuth: true, body: broken }, () => ({}));
    client = await open(app);
  });

  after(() => client.close());

  it("hands the handler what the schema made of the input", async () => {
    const json = { name: "  Alice ", email: "alice@example.com", role: "admin" };
    const answer = await client.post("/register", { json });
    assert.deepEqual(await answer.json(), { name: "Alice", keys: ["name", "email"] });
  });

  it("refuses with 400, and a path and a message for each problem", async () => {
    entered = 0;
    const json = { name: "", email: "nobody", address: { lines: ["a", 1] } };
    const answer = await client.post("/register", { json });
    assert.equal(answer.status, 400);
    assert.deepEqual(await answer.json(), {
      error: "Validation failed",
      errors: [
        { path: "name", message: "Name is required" },
        { path: "email", message: "Email is not valid" },
        { path: "address.lines.1", message: "Line is no text" },
      ],
    });
    assert.equal(entered, 0);
  });

  it("refuses an array and an absent body like any other wrong type", async () => {
    for (const request of [{ json: [] }, {}]) assert.equal((await client.post("/register", request)).status, 400);
  });

  it("turns parameters and query into the types of their schemas", async () => {
    assert.deepEqual(await (await client.get("/pages/7?size=20")).json(), { next: 8, size: 20 });
    assert.deepEqual(await (await client.get("/pages/7")).json(), { next: 8, size: 10 });
    assert.equal((await client.get("/pages/many")).status, 400);
    assert.equal((await client.get("/pages/7?size=many")).status, 400);
  });

  it("waits for schemas that are asynchronous", async () => {
    assert.deepEqual(await (await client.post("/free", { json: { name: "bob" } })).json(), { free: "bob" });
    assert.equal((await client.post("/free", { json: { name: "alice" } })).status, 400);
  });

  it("stands behind the gate and the role", async () => {
    assert.equal((await client.post("/closed", { json: [] })).status, 401);
    assert.equal((await client.post("/closed", { json: [], token: client.app.auth.getToken({ sub: 1 }) })).status, 403);
  });

  it("answers 500 for a schema that fails by itself", async () => {
    assert.equal((await client.post("/broken", { json: {} })).status, 500);
  });
});

it("validateInput names the place of a problem as any library says it: keys, numbers, segments, or not at all", async () => {
  const symbol = Symbol("hidden");
  const issues = [
    { message: "whole" },
    { message: "keys", path: ["lines", 0] },
    { message: "segments", path: [{ key: "lines" }, { key: 1 }, { key: symbol }] },
  ];
  const { app } = newApp();
  app.post(
    "/",
    { noAuth: true, body: { "~standard": { version: 1, vendor: "own", validate: () => ({ issues }) } } },
    () => ({}),
  );
  const answer = await app.dispatch({ method: "POST", path: "/", headers: { Host: "localhost" } });
  assert.deepEqual(await answer.json(), {
    error: "Validation failed",
    errors: [
      { path: "", message: "whole" },
      { path: "lines.0", message: "keys" },
      { path: "lines.1.Symbol(hidden)", message: "segments" },
    ],
  });
  await app.close();
});

it("validateInput is no step for a route without schemas", () => {
  assert.equal(validateInput({} as Services, { route: { schemas: {} } } as PlannedRoute), undefined);
});
