import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkChanged, idsOf } from "./fixtures/checked-project.ts";

const program = (options: string, more = ""): Readonly<Record<string, string>> => ({
  "app.ts": `import { createApp } from "INDEX";
const root = new URL(".", import.meta.url).pathname;
const app = createApp(${options});
${more}
await app.listen();
throw new Error("it listened");`,
});

describe("a project that makes an application of its own", () => {
  it("is looked at as it would serve, without listening", async () => {
    assert.deepEqual(await idsOf({ files: program("{ root }") }), []);
  });

  it("has its own settings looked at, which win over the environment", async () => {
    const files = program("{ root, settings: { TINA4_CSRF: false } }");
    const [finding, ...others] = await checkChanged({ env: { TINA4_CSRF: "true" }, files });
    assert.deepEqual([finding?.id, others], ["T4-040", []]);
    assert.deepEqual(finding?.sightings, [{ seen: "false", where: { setting: "TINA4_CSRF", source: "option" } }]);
  });

  it("has its own secret looked at, which is not shown", async () => {
    const files = program('{ root, settings: { SECRET: "hunter2-hunter2" } }');
    const found = await checkChanged({ files });
    assert.deepEqual([found.map(({ id }) => id), JSON.stringify(found).includes("hunter2")], [["T4-020"], false]);
  });

  it("has its own open writes found", async () => {
    const files = program("{ root }", 'app.post("/open", () => "").noAuth();');
    assert.deepEqual(await idsOf({ files }), ["T4-007"]);
  });

  it("asks no server that its own settings name", async () => {
    const files = program(
      '{ root, settings: { TINA4_SESSION_BACKEND: "redis", TINA4_SESSION_URL: "redis://127.0.0.1:1" } }',
    );
    assert.deepEqual(await idsOf({ files }), []);
  });
});
