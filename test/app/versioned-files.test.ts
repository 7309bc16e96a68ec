import assert from "node:assert/strict";
import { existsSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { sha256 } from "../../src/crypto/sha256.ts";
import type { TestClient } from "../../src/testing/test-client.ts";
import { temporaryFolder } from "../files/temporary-folder.ts";
import { describeOverBothTransports } from "./both-transports.ts";
import { newApp } from "./test-app.ts";

const FOR_EVER = "public, max-age=31536000, immutable";
const EACH_TIME = "public, max-age=0, must-revalidate";
const STYLE = "body { color: black }";
const VERSION = versionOf(STYLE);
const IS_BUILT = existsSync(new URL("../../dist/browser/frond.min.js", import.meta.url));

function versionOf(content: string): string {
  return sha256(content, "hex").slice(0, 12);
}

describeOverBothTransports("a public file that is asked for by what it holds", (open) => {
  const root = temporaryFolder({ "src/public/app.css": STYLE, "src/public/app.css.br": brotliCompressSync(STYLE) });
  let client: TestClient;

  before(async () => {
    client = await open(newApp({}, { root }).app);
  });
  after(() => client.close());

  const keptFor = async (path: string, headers = {}): Promise<string | null> =>
    (await client.get(path, { headers })).headers.get("Cache-Control");

  it("is kept for ever, whole, in part, compressed, or known already", async () => {
    const path = `/app.css?v=${VERSION}`;
    const answer = await client.get(path);
    assert.deepEqual([answer.status, await answer.text(), answer.headers.get("Cache-Control")], [200, STYLE, FOR_EVER]);
    const etag = answer.headers.get("ETag") ?? "";
    for (const [status, headers] of [
      [200, { "Accept-Encoding": "br" }],
      [206, { Range: "bytes=0-3" }],
      [304, { "If-None-Match": etag }],
    ] as const) {
      const other = await client.get(path, { headers });
      assert.deepEqual([other.status, other.headers.get("Cache-Control")], [status, FOR_EVER]);
    }
    assert.equal((await client.request("HEAD", path)).headers.get("Cache-Control"), FOR_EVER);
  });

  it("is asked about each time under any other query", async () => {
    for (const query of [
      "",
      "?v=",
      `?v=${"0".repeat(12)}`,
      `?v=${VERSION}0`,
      `?v=${VERSION.slice(1)}`,
      `?V=${VERSION}`,
    ]) {
      assert.equal(await keptFor(`/app.css${query}`), EACH_TIME, query);
    }
    for (const query of [`?v=${VERSION}&v=${VERSION}`, `?x&v=${VERSION}`, `?v=${VERSION.toUpperCase()}%20`]) {
      assert.equal(await keptFor(`/app.css${query}`), EACH_TIME, query);
    }
  });

  it("is asked about each time where it was compressed before it changed", async () => {
    const names = ["late.css", "late.css.br"].map((name) => join(root, "src/public", name));
    for (const name of names) writeFileSync(name, name.endsWith("br") ? brotliCompressSync("old") : "new");
    const [plain, compressed] = names as [string, string];
    utimesSync(plain, 2_000, 2_000);
    for (const [seconds, kept] of [
      [1_000, EACH_TIME],
      [2_000, FOR_EVER],
    ] as const) {
      utimesSync(compressed, seconds, seconds);
      assert.equal(await keptFor(`/late.css?v=${versionOf("new")}`, { "Accept-Encoding": "br" }), kept);
    }
    assert.equal(await keptFor(`/late.css?v=${versionOf("new")}`), FOR_EVER);
  });

  it("is no longer kept under its old name once it has changed", async () => {
    const path = join(root, "src/public/changing.css");
    writeFileSync(path, "one");
    assert.equal(await keptFor(`/changing.css?v=${versionOf("one")}`), FOR_EVER);
    writeFileSync(path, "two");
    utimesSync(path, 1, 1);
    assert.equal(await keptFor(`/changing.css?v=${versionOf("one")}`), EACH_TIME);
    assert.equal(await keptFor(`/changing.css?v=${versionOf("two")}`), FOR_EVER);
  });
});

describe("the browser script", () => {
  const headers = { Host: "localhost" };

  it("is the project's own where there is one, and a route's before that", async () => {
    const root = temporaryFolder({ "src/public/js/frond.min.js": "mine()" });
    const { app } = newApp({}, { root });
    assert.equal(await (await app.dispatch({ path: "/js/frond.min.js", headers })).text(), "mine()");
    await app.close();
    const routed = newApp().app;
    routed.get("/js/frond.min.js", () => "routed");
    assert.equal(await (await routed.dispatch({ path: "/js/frond.min.js", headers })).text(), "routed");
    await routed.close();
  });

  it("comes from the package, or the log says how to get it", async () => {
    const root = temporaryFolder({ "src/templates/script.twig": "{{ asset('/js/frond.min.js') }}" });
    const { app, log } = newApp({}, { root });
    app.get("/page", () => ({})).template("script.twig");
    const answer = await app.dispatch({ path: "/js/frond.min.js", headers });
    await app.dispatch({ path: "/js/frond.min.js", headers });
    const errors = log.entries.filter(({ level }) => level === "error");
    if (IS_BUILT) {
      assert.deepEqual([answer.status, answer.headers.get("Content-Type")], [200, "text/javascript; charset=utf-8"]);
      assert.deepEqual(
        [answer.headers.get("Cache-Control"), answer.headers.get("X-Frame-Options")],
        [EACH_TIME, "SAMEORIGIN"],
      );
      assert.deepEqual(errors, []);
      const page = await app.dispatch({ path: "/page", headers });
      assert.match(await page.text(), /^\/js\/frond\.min\.js\?v=[0-9a-f]{12}$/);
    } else {
      assert.equal(answer.status, 404);
      assert.equal(errors.length, 1);
      assert.match(errors[0]?.message ?? "", /lacks dist\/browser\/frond\.min\.js\..*npm run build$/);
    }
    for (const path of ["/frond.min.js", "/js/", "/js", "/browser/frond.min.js", "/js/frond.min.js.map"]) {
      assert.equal((await app.dispatch({ path, headers })).status, 404, path);
    }
    assert.equal(
      (await app.dispatch({ method: "POST", path: "/js/frond.min.js", headers })).status,
      IS_BUILT ? 405 : 404,
    );
    await app.close();
  });
});
