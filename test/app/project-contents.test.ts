import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import type { Application } from "../../src/app/application.ts";
import { createApp } from "../../src/global/create-app.ts";
import { temporaryFolder } from "../files/temporary-folder.ts";
import { LogMemory, TEST_SECRET } from "./test-app.ts";

const SOURCE = pathToFileURL(join(import.meta.dirname, "../../src/index.ts")).href;
const GET = `import { createApp, get } from ${JSON.stringify(SOURCE)};`;

async function start(files: Readonly<Record<string, string>>): Promise<{ app: Application; warnings: string[] }> {
  const root = temporaryFolder({ "package.json": '{"type":"module"}', ...files });
  const log = new LogMemory();
  const settings = { SECRET: TEST_SECRET, TINA4_LOG_FORMAT: "json", TINA4_LOG_LEVEL: "info" };
  const app = createApp({ root, settings, logDestination: log });
  await app.ready();
  await app.close();
  return { app, warnings: log.entries.filter(({ level }) => level === "warn").map(({ message }) => message) };
}

describe("what a project turned out to hold", () => {
  it("is counted, and whether there is a public folder", async () => {
    const { app, warnings } = await start({
      "src/routes/a.js": `${GET} get("/a", () => "a"); get("/b", () => "b");`,
      "src/middleware/guard.js": "export const guard = (request, response, next) => next();",
      "src/templates/page.twig": "",
      "src/public/index.html": "",
    });
    assert.deepEqual([app.contents, warnings], ["2 routes, 1 middleware, 1 template, src/public", []]);
  });

  it("shows folders with wrong names as nothing found", async () => {
    const { app } = await start({ "src/route/a.js": "", "templates/a.twig": "", "public/index.html": "" });
    assert.equal(app.contents, "0 routes, 0 middleware, 0 templates, no src/public");
  });

  it("is warned of where a route names a template that is not there", async () => {
    const { warnings } = await start({
      "src/routes/a.js": `${GET} for (const name of ["a", "b", "../c"]) get("/" + name.at(-1), () => ({})).template(name + ".twig");`,
      "src/templates/a.twig": "a",
    });
    assert.equal(warnings.length, 2);
    assert.match(
      warnings[0] ?? "",
      /^GET \/b \(.*a\.js:1\) makes its page of b\.twig, and src\/templates has no such file\.$/,
    );
    assert.match(warnings[1] ?? "", /^GET \/c .* \.\.\/c\.twig/);
  });

  for (const [what, text] of [
    [
      "a plugin that is only exported, as Fastify calls it",
      'export default async (app) => { app.get("/a", () => "a"); };',
    ],
    ["an application of its own", `${GET} createApp().get("/a", () => "a");`],
  ] as const) {
    it(`comes with a warning of a route file with ${what}`, async () => {
      const { warnings } = await start({ "src/routes/a.js": text });
      assert.equal(warnings.length, 1);
      assert.match(warnings[0] ?? "", /^src\/routes\/a\.js registers nothing\. Call get/);
    });
  }

  it("comes with no warning of what other files import, or load", async () => {
    const { warnings } = await start({
      "src/routes/a.js": `${GET} import "./z.js"; import { path } from "./names.js"; get(path, () => "a");`,
      "src/routes/names.js": 'export const path = "/a";',
      "src/routes/z.js": `${GET} get("/z", () => "z");`,
    });
    assert.deepEqual(warnings, []);
  });
});
