import assert from "node:assert/strict";
import { after, before, beforeEach, it } from "node:test";
import type { TestClient } from "../../src/testing/test-client.ts";
import type { TestRequest } from "../../src/testing/test-request.ts";
import { describeOverBothTransports } from "../app/both-transports.ts";
import { newApp } from "../app/test-app.ts";

const LIMIT = 1000;
const JSON_TYPE = { "Content-Type": "application/json" };

describeOverBothTransports("parseRequestBody", (open) => {
  let client: TestClient;
  let entered = 0;

  before(async () => {
    const { app } = newApp({ TINA4_MAX_BODY_SIZE: LIMIT });
    app
      .any("/echo", (request) => {
        entered += 1;
        return { body: request.body };
      })
      .noAuth();
    app.post("/raw", ({ rawBody }) => ({ hex: Buffer.from(rawBody).toString("hex") })).noAuth();
    app.post("/write", () => ({}));
    client = await open(app);
  });

  after(() => client.close());
  beforeEach(() => {
    entered = 0;
  });

  async function echo(request: TestRequest): Promise<[number, unknown]> {
    const answer = await client.post("/echo", request);
    return [answer.status, await answer.json()];
  }

  it("hands objects and arrays to the handler, and {} where there is no body", async () => {
    assert.deepEqual(await echo({ json: { a: [1] } }), [200, { body: { a: [1] } }]);
    assert.deepEqual(await echo({ json: [1, 2] }), [200, { body: [1, 2] }]);
    assert.deepEqual(await echo({ form: { a: "1", "b[c]": "2" } }), [200, { body: { a: "1", b: { c: "2" } } }]);
    assert.deepEqual(await echo({}), [200, { body: {} }]);
    assert.deepEqual(await echo({ body: "", headers: JSON_TYPE }), [200, { body: {} }]);
    const chunked = { ...JSON_TYPE, "Transfer-Encoding": "chunked" };
    assert.deepEqual(await echo({ body: "", headers: chunked }), [200, { body: {} }]);
  });

  it("keeps the very bytes of JSON and of a form, and none of anything else", async () => {
    const raw = async (request: TestRequest): Promise<string> => {
      const { hex } = (await (await client.post("/raw", request)).json()) as { hex: string };
      return Buffer.from(hex, "hex").toString();
    };
    assert.equal(
      await raw({ body: ' {"a" : 1.0, "b":"\\u00e9"}\n', headers: JSON_TYPE }),
      ' {"a" : 1.0, "b":"\\u00e9"}\n',
    );
    assert.equal(await raw({ form: { a: "1 2", b: "é" } }), "a=1+2&b=%C3%A9");
    assert.equal(await raw({}), "");
    const form = new FormData();
    form.append("a", "1");
    assert.equal(await raw({ multipart: form }), "");
  });

  for (const body of [
    "{",
    "nonsense",
    '"text"',
    "5",
    "null",
    "[1,]",
    "{'a':1}",
    "NaN",
    '\ufeff{"a":1}',
    '{"__proto__":{"x":1}}',
    "[".repeat(100_000).slice(0, 900),
  ]) {
    it(`refuses ${JSON.stringify(body.slice(0, 20))} as JSON with 400`, async () => {
      assert.deepEqual(await echo({ body, headers: JSON_TYPE }), [400, { error: "Malformed request body" }]);
      assert.equal(entered, 0);
    });
  }

  for (const type of ["text/plain", "application/xml", "constructor", "application/json; charset=utf-16", "*/*"]) {
    it(`refuses a body of type ${type} with 415`, async () => {
      assert.deepEqual(await echo({ body: '{"a":1}', headers: { "Content-Type": type } }), [
        415,
        { error: "Unsupported media type" },
      ]);
      assert.equal(entered, 0);
    });
  }

  it("refuses a body without a type, and a compressed one, with 415", async () => {
    assert.equal((await echo({ body: "{}" }))[0], 415);
    assert.equal((await echo({ body: "{}", headers: { ...JSON_TYPE, "Content-Encoding": "gzip" } }))[0], 415);
  });

  it("takes a body of just the limit, and refuses the next byte with 413", async () => {
    const text = (length: number): string => JSON.stringify({ a: "x".repeat(length - '{"a":""}'.length) });
    assert.equal((await echo({ body: text(LIMIT), headers: JSON_TYPE }))[0], 200);
    for (const chunked of [{}, { "Transfer-Encoding": "chunked" }]) {
      entered = 0;
      const refused = await echo({ body: text(LIMIT + 1), headers: { ...JSON_TYPE, ...chunked } });
      assert.deepEqual([...refused, entered], [413, { error: "Request body too large" }, 0]);
    }
  });

  it("lets a client that sends two megabytes read its answer", async () => {
    const body = JSON.stringify({ a: "x".repeat(2_000_000) });
    assert.equal((await echo({ body, headers: JSON_TYPE }))[0], 413);
    assert.equal((await client.post("/write", { body, headers: JSON_TYPE })).status, 401);
    assert.equal((await client.post("/nowhere", { body, headers: JSON_TYPE })).status, 404);
    assert.equal((await client.request("OPTIONS", "/echo", { body })).status, 204);
  });

  it("closes the connection over a body that it did not read", async () => {
    const answer = await client.post("/write", { json: { a: 1 } });
    assert.deepEqual([answer.status, answer.headers.get("Connection")], [401, "close"]);
  });
});
