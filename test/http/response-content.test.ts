import assert from "node:assert/strict";
import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { Readable } from "node:stream";
import { describe, it } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { Response } from "../../src/http/response.ts";

describe("Response with a stream", () => {
  it("keeps it as its body, without a length", () => {
    const source = Readable.from(["a"]);
    const response = create().stream(source, "text/plain");
    assert.equal(response.body, source);
    assert.deepEqual(response.finalHeaders(), ["Content-Type", "text/plain"]);
    assert.equal(create().stream(["a"]).getHeader("Content-Type"), "application/octet-stream");
  });

  it("takes streams of Node.js and of the web, and iterables of both kinds", async () => {
    const web = new ReadableStream<string>({
      start(controller) {
        controller.enqueue("a");
        controller.close();
      },
    });
    const generated = (async function* () {
      yield "a";
    })();
    for (const source of [Readable.from(["a"]), web, generated, ["a"], new Set(["a"])]) {
      const { body } = create().stream(source as never);
      assert.ok(body instanceof Readable);
      assert.deepEqual(await body.toArray(), ["a"]);
    }
  });

  it("takes neither a text nor bytes nor anything else for a stream", () => {
    for (const source of ["text", new Uint8Array(1), Buffer.from("a"), 7, null, undefined, {}]) {
      assert.throws(() => create().stream(source as never), { code: "RESPONSE_INVALID", message: /response\.text/ });
    }
    assert.throws(() => create().stream(["a"], "a\r\nb"), { code: "HEADER_INVALID" });
  });

  it("destroys a stream that another body or an error page stands in for", () => {
    const replacements: Record<string, (response: Response) => void> = {
      "another body": (response) => response.json({}),
      "another stream": (response) => response.stream(["a"]),
      "no content": (response) => response.noContent(),
      "a redirect": (response) => response.redirect("/"),
      "a reset": (response) => response.reset(),
      "a loss": (response) => response.discardBody(),
    };
    for (const [name, replace] of Object.entries(replacements)) {
      const source = new Readable({ read() {} });
      replace(create().stream(source));
      assert.equal(source.destroyed, true, name);
    }
    const source = new Readable({ read() {} });
    assert.equal(create().stream(source).stream(source, "text/plain").body, source);
    assert.equal(source.destroyed, false);
  });

  it("gives it away once, and not for HEAD or a status without a body", () => {
    const source = new Readable({ read() {} });
    const response = create().stream(source);
    assert.equal(response.takeBody(), source);
    response.reset();
    assert.equal(source.destroyed, false);
    for (const [method, status] of [
      ["HEAD", 200],
      ["GET", 204],
      ["GET", 304],
    ] as const) {
      const unsent = new Readable({ read() {} });
      assert.equal(create(method).stream(unsent).status(status).takeBody(), null);
      assert.equal(unsent.destroyed, true, `${method} ${status}`);
    }
  });

  it("destroys a stream that comes when the response is gone", () => {
    const response = create();
    response.takeBody();
    const source = new Readable({ read() {} });
    response.stream(source);
    assert.equal(source.destroyed, true);
  });

  it("survives a source that fails while nobody reads", async () => {
    const source = new Readable({ read() {} });
    const response = create().stream(source);
    source.destroy(new Error("early"));
    await turn();
    await assert.rejects(async () => await response.departures?.[0]?.(), { message: "early" });
  });

  it("departs when the first byte is there, and fails with a source that was used up", async () => {
    const source = new Readable({ read() {} });
    const waiting = create().stream(source).departures?.[0]?.();
    source.push("a");
    await waiting;
    assert.equal(source.readableLength, 1);
    assert.equal(create().stream(source).departures?.[0]?.(), undefined);
    const used = Readable.from(["a"]);
    await used.toArray();
    await assert.rejects(async () => await create().stream(used).departures?.[0]?.(), { code: "RESPONSE_INVALID" });
  });

  it("lets headers that describe the body go with it, and the program's own win", () => {
    const response = create().events([]);
    assert.equal(response.getHeader("Cache-Control"), "no-store");
    assert.equal(response.getHeader("X-Accel-Buffering"), "no");
    response.text("a");
    assert.equal(response.getHeader("Cache-Control"), undefined);
    const chosen = create().header("Cache-Control", "no-cache").events([]);
    assert.equal(chosen.getHeader("Cache-Control"), "no-cache");
    chosen.discardBody();
  });
});

function create(method = "GET"): Response {
  return new Response({ method, secure: false, raw: new IncomingMessage(new Socket()), formToken: () => "" }, []);
}
