import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { newApp } from "./test-app.ts";

describe("endWithBody", () => {
  it("sends every byte of a body once and in order, whatever its size, and none for HEAD", async () => {
    const { app } = newApp();
    const bytes = Uint8Array.from({ length: 65_536 * 3 + 1 }, (_, index) => (index * 31) % 251);
    app.get("/{size:int}", ({ params }, response) => response.bytes(bytes.subarray(0, params.size), "a/b"));
    const digest = (value: Uint8Array): string => createHash("sha256").update(value).digest("hex");
    const { port } = await app.listen({ port: 0, host: "127.0.0.1" });
    for (const size of [0, 1, 65_535, 65_536, 65_537, 131_072, 131_073, 196_609]) {
      const path = `/${size}`;
      for (const answer of [
        await fetch(`http://127.0.0.1:${port}${path}`),
        await app.dispatch({ path, headers: { Host: "localhost" } }),
      ]) {
        assert.equal(answer.headers.get("Content-Length"), String(size));
        assert.equal(digest(new Uint8Array(await answer.arrayBuffer())), digest(bytes.subarray(0, size)), path);
      }
    }
    const head = await fetch(`http://127.0.0.1:${port}/196609`, { method: "HEAD" });
    assert.deepEqual([head.headers.get("Content-Length"), await head.text()], ["196609", ""]);
    await app.close();
  });

  it("sends the same bytes of a header in Latin-1 before any body", async () => {
    const { app } = newApp();
    const bodies = ["", "ascii", "\u00e9\u20ac", "a".repeat(65_536), "a".repeat(65_537), `${"a".repeat(65_535)}\u00e9`];
    const name = "caf\u00e9";
    for (const [index, body] of bodies.entries()) {
      app.get(`/${index}`, (_request, response) => response.header("X-Name", name).text(body));
    }
    app.get("/bytes", (_request, response) => response.header("X-Name", name).bytes(new Uint8Array(2), "a/b"));
    const { port } = await app.listen({ port: 0, host: "127.0.0.1" });
    for (const [path, body] of [...bodies.entries(), ["bytes", "\0\0"]]) {
      const answer = await fetch(`http://127.0.0.1:${port}/${path}`);
      assert.deepEqual([answer.headers.get("X-Name"), await answer.text()], [name, body], String(path));
    }
    await app.close();
  });

  it("counts a text in bytes", async () => {
    const { app } = newApp();
    const text = "ä€😀".repeat(30_000);
    app.get("/", () => text);
    assert.equal(await (await app.dispatch({ path: "/", headers: { Host: "localhost" } })).text(), text);
    await app.close();
  });
});
