import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { after, before, describe, it } from "node:test";
import type { Response as OurResponse } from "../../src/http/response.ts";
import type { PlannedRoute } from "../../src/middleware/planner.ts";
import { runHandler } from "../../src/middleware/run-handler.ts";
import type { Services } from "../../src/middleware/services.ts";
import { type TestClient, testClient } from "../../src/testing/test-client.ts";
import { describeOverBothTransports } from "../app/both-transports.ts";
import { type LogMemory, newApp } from "../app/test-app.ts";
import { temporaryFolder } from "../files/temporary-folder.ts";
import { newExchange } from "../pipeline/new-exchange.ts";

/** As query builders have it: no promise, but it can be awaited. */
class LateValue {
  // biome-ignore lint/suspicious/noThenProperty: this is what the test is about
  then(resolve: (value: unknown) => void): void {
    resolve({ a: 1 });
  }
}

describeOverBothTransports("runHandler", (open) => {
  let client: TestClient;
  let log: LogMemory;
  let another: OurResponse | undefined;
  const stream = Readable.from(["a"]);

  const good: Record<string, (response: OurResponse) => unknown> = {
    object: () => ({ a: 1 }),
    array: () => [1, 2],
    text: () => "<b>plain</b>",
    response: (response) => response.json({ a: 1 }, 201),
    call: (response) => response({ a: 1 }, 202),
    promise: async () => ({ a: 1 }),
    thenable: () => new LateValue(),
    nothing: (response) => void response.json({ a: 1 }),
  };
  const bad: Record<string, [returned: (response: OurResponse) => unknown, says: string]> = {
    undefined: [() => undefined, "returned undefined"],
    null: [() => null, "returned null"],
    number: [() => 7, "returned number"],
    boolean: [() => true, "returned boolean"],
    bigint: [() => 7n, "returned bigint"],
    function: [() => () => {}, "returned function"],
    later: [async () => null, "returned null"],
    unproduced: [(response) => response.header("X-A", "b"), "returned a response that is not its own, or has neither"],
    stream: [() => stream, "returned a Readable. Use response.stream(…)"],
    map: [() => new Map(), "returned a Map. Use Object.fromEntries(map)."],
    another: [() => another, "returned a response that is not its own"],
  };

  before(async () => {
    const { app, log: memory } = newApp();
    log = memory;
    for (const [name, returned] of Object.entries(good))
      app.get(`/good/${name}`, (_, response) => returned(response) as object);
    for (const [name, [returned]] of Object.entries(bad))
      app.get(`/bad/${name}`, (_, response) => returned(response) as object);
    app.get("/keep", (_request, response) => {
      another = response;
      return response.json({});
    });
    client = await open(app);
    await client.get("/keep");
  });

  after(() => client.close());

  it("sends objects and arrays as JSON, and text as plain text", async () => {
    const seen: unknown[] = [];
    for (const name of Object.keys(good)) {
      const answer = await client.get(`/good/${name}`);
      seen.push([name, answer.status, answer.headers.get("Content-Type"), await answer.text()]);
    }
    const json = "application/json; charset=utf-8";
    assert.deepEqual(seen, [
      ["object", 200, json, '{"a":1}'],
      ["array", 200, json, "[1,2]"],
      ["text", 200, "text/plain; charset=utf-8", "<b>plain</b>"],
      ["response", 201, json, '{"a":1}'],
      ["call", 202, json, '{"a":1}'],
      ["promise", 200, json, '{"a":1}'],
      ["thenable", 200, json, '{"a":1}'],
      ["nothing", 200, json, '{"a":1}'],
    ]);
  });

  for (const [name, [, says]] of Object.entries(bad)) {
    it(`answers 500 for a handler that ${says}, and names it and its place in the log only`, async () => {
      log.lines.length = 0;
      const answer = await client.get(`/bad/${name}`);
      assert.deepEqual([answer.status, await answer.text()], [500, '{"error":"Internal server error"}']);
      const entries = log.entries as unknown as { error: { code: string; message: string } }[];
      assert.equal(entries.length, 1);
      assert.equal(entries[0]?.error.code, "HANDLER_NO_RESPONSE");
      const message = entries[0]?.error.message ?? "";
      assert.ok(message.includes(says), message);
      assert.match(message, new RegExp(`The handler of GET /bad/${name} \\(.+run-handler\\.test\\.ts:\\d+\\)`));
    });
  }

  it("destroys a stream that it cannot send", () => {
    assert.equal(stream.destroyed, true);
  });
});

it("runHandler gives back the very response that a handler returns at once, and no promise of it", () => {
  const { request, response } = newExchange();
  const planned = { route: { handler: () => response.json({}), marks: {} }, layers: [] } as unknown as PlannedRoute;
  assert.equal(runHandler({} as Services, planned)?.(request, response), response);
});

describe("runHandler, for a route with a template", () => {
  it("makes a page of a plain object, and answers 500 for anything else that is returned", async (test) => {
    const { app, log } = newApp({}, { root: temporaryFolder({ "src/templates/name.twig": "<p>{{ name }}</p>" }) });
    const stream = Readable.from(["a"]);
    app.get("/page", () => ({ name: "<Ada>" })).template("name.twig");
    app.get("/list", () => [1] as never).template("name.twig");
    app.get("/stream", () => stream as never).template("name.twig");
    const client = await testClient(app);
    test.after(() => client.close());
    assert.equal(await (await client.get("/page")).text(), "<p>&lt;Ada&gt;</p>");
    assert.deepEqual([(await client.get("/list")).status, (await client.get("/stream")).status], [500, 500]);
    const messages = log.entries.map(({ error }) => (error as { message: string }).message);
    assert.equal(messages.length, 2);
    for (const message of messages) assert.match(message, /name\.twig needs a plain object: \{ title: … \}\.$/);
    assert.equal(stream.destroyed, true);
  });
});
