import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { Application } from "../../src/app/application.ts";
import { testClient } from "../../src/testing/test-client.ts";
import { newApp } from "../app/test-app.ts";
import { temporaryFolder } from "../files/temporary-folder.ts";

describe("a session whose store answers later", () => {
  async function open(test: TestContext, routesOf: (app: Application) => unknown) {
    const { app } = newApp({ TINA4_SESSION_BACKEND: "file", TINA4_SESSION_PATH: temporaryFolder({}) });
    routesOf(app);
    const client = await testClient(app);
    test.after(() => client.close());
    return client;
  }

  it("is read, saved and ended as one in this process, and its cookie sent where it changes", async (test) => {
    const client = await open(test, (app) => {
      app.get("/count", ({ session }) => {
        session.set("count", Number(session.get("count", 0)) + 1);
        return { count: session.get("count") };
      });
      app.get("/end", ({ session }) => session.destroy() ?? {});
    });
    const ask = async (path: string) => {
      const answer = await client.get(path);
      const [cookie, ...others] = answer.headers.getSetCookie();
      assert.equal(others.length, 0);
      return [
        await answer.text(),
        cookie?.replace(/^tina4_session=[\w-]+;/, "tina4_session=id;"),
        answer.headers.get("Cache-Control"),
      ];
    };
    const cookie = "tina4_session=id; Path=/; HttpOnly; SameSite=Lax";
    assert.deepEqual(await ask("/count"), ['{"count":1}', cookie, "no-store"]);
    assert.deepEqual(await ask("/count"), ['{"count":2}', undefined, null]);
    assert.match(String((await ask("/end"))[1]), /^tina4_session=; .*Max-Age=0/);
    assert.deepEqual(await ask("/count"), ['{"count":1}', cookie, "no-store"]);
  });

  it("is there for middleware also where no route is", async (test) => {
    const client = await open(test, (app) => {
      app.use((request, response, next) => {
        response.header("X-Name", String(request.session.get("name", "nobody")));
        return next();
      });
      app.get("/set", ({ session }) => session.set("name", "Ada") ?? {});
    });
    const nameAt = async (path: string): Promise<unknown[]> => {
      const { status, headers } = await client.get(path);
      return [status, headers.get("X-Name")];
    };
    assert.deepEqual(await nameAt("/set"), [200, "nobody"]);
    assert.deepEqual(await nameAt("/nothing"), [404, "Ada"]);
  });
});
