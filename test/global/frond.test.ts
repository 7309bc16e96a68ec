import assert from "node:assert/strict";
import { rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { Application } from "../../src/app/application.ts";
import type { SettingOverrides } from "../../src/config/load-settings.ts";
import { makeDefault } from "../../src/global/current-application.ts";
import { Frond } from "../../src/global/frond.ts";
import { get } from "../../src/global/routes.ts";
import { newApp } from "../app/test-app.ts";
import { temporaryFolder } from "../files/temporary-folder.ts";

const PAGE = "{{ 5|twice }} {{ shout(name) }} {% if 4 is round %}round{% endif %} {{ site }}";

/** The application of a folder, and what it says at `/`. */
function project(
  files: Readonly<Record<string, string>>,
  settings: SettingOverrides = {},
): { app: Application; root: string } {
  const root = temporaryFolder(files);
  const { app } = newApp({ TINA4_SESSION_BACKEND: "memory", ...settings }, { root });
  return { app, root };
}

async function home(app: Application): Promise<string> {
  return await (await app.dispatch({ path: "/", headers: { Host: "localhost" } })).text();
}

describe("Frond", () => {
  it("adds filters, functions, tests and globals to the templates of the default application", async () => {
    const { app } = project({ "src/templates/page.twig": PAGE });
    const giveBack = makeDefault(app);
    Frond.addFilter("twice", (value) => Number(value) * 2);
    Frond.addFunction("shout", async (name) => `<${String(name).toUpperCase()}>`);
    Frond.addTest("round", (value) => Number(value) % 2 === 0);
    Frond.addGlobal("site", { toString: () => "<our site>" });
    get("/", () => ({ name: "ann" })).template("page.twig");
    giveBack();
    assert.equal(await home(app), "10 &lt;ANN&gt; round &lt;our site&gt;");
    await app.close();
  });

  it("shares nothing between two applications", async () => {
    const one = project({ "src/templates/page.twig": "one {{ name() }}" }).app;
    const other = project({ "src/templates/page.twig": "other {{ name() }}" }).app;
    for (const [app, name] of [
      [one, "Ann"],
      [other, "Bob"],
    ] as const) {
      app.templates.addFunction("name", () => name);
      app.get("/", () => ({})).template("page.twig");
    }
    assert.deepEqual([await home(one), await home(other)], ["one Ann", "other Bob"]);
    await one.close();
    await other.close();
  });

  it("takes nothing more once the application has started", async () => {
    const { app } = project({});
    await app.ready();
    const { templates } = app;
    const late = [
      () => templates.addFilter("a", () => ""),
      () => templates.addFunction("a", () => ""),
      () => templates.addTest("a", () => true),
      () => templates.addGlobal("a", 1),
    ];
    for (const register of late)
      assert.throws(register, { code: "TEMPLATE_TOO_LATE", message: /"a" was registered for/ });
    await app.close();
  });
});

describe("the templates of a project", () => {
  it("are read again in debug when they change, and in production not", async () => {
    for (const isDebug of [true, false]) {
      const { app, root } = project({ "src/templates/page.twig": "before" }, { TINA4_DEBUG: isDebug });
      app.get("/", () => ({})).template("page.twig");
      assert.equal(await home(app), "before");
      const path = join(root, "src/templates/page.twig");
      writeFileSync(path, "afterwards");
      utimesSync(path, 1, 1);
      assert.equal(await home(app), isDebug ? "afterwards" : "before");
      await app.close();
    }
  });

  it("know the assets of their first state, and in debug of the present one", async () => {
    for (const isDebug of [true, false]) {
      const files = { "src/templates/page.twig": "{{ asset('a.css') }}", "src/public/a.css": "a" };
      const { app, root } = project(files, { TINA4_DEBUG: isDebug });
      app.get("/", () => ({})).template("page.twig");
      const before = await home(app);
      assert.match(before, /^\/a\.css\?v=[0-9a-f]{12}$/);
      writeFileSync(join(root, "src/public/a.css"), "b { }");
      assert.equal((await home(app)) === before, !isDebug);
      await app.close();
    }
  });

  it("need not be there until a page is asked for", async () => {
    const { app } = project({});
    app.get("/", () => ({})).template("page.twig");
    app.get("/json", () => ({ works: true }));
    assert.equal((await app.dispatch({ path: "/json", headers: { Host: "localhost" } })).status, 200);
    assert.equal((await app.dispatch({ path: "/", headers: { Host: "localhost" } })).status, 500);
    await app.close();
  });

  it("may be gone in production once they are compiled", async () => {
    const { app, root } = project({ "src/templates/page.twig": "kept" });
    app.get("/", () => ({})).template("page.twig");
    assert.equal(await home(app), "kept");
    rmSync(join(root, "src/templates"), { recursive: true });
    assert.equal(await home(app), "kept");
    await app.close();
  });
});
