import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it, mock } from "node:test";
import { Application } from "../../src/app/application.ts";
import { Tina4Error } from "../../src/errors.ts";
import { RawConnection } from "./raw-connection.ts";
import { newApp } from "./test-app.ts";

const LOCAL = { port: 0, host: "127.0.0.1" };
const GET_OPEN = "GET /open HTTP/1.1\r\nHost: localhost\r\n\r\n";
const OPEN = { path: "/open", headers: { Host: "localhost" } };

function errorOf(code: string, message: RegExp): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof Tina4Error);
    assert.equal(error.code, code);
    assert.match(error.message, message);
    return true;
  };
}

describe("Application", () => {
  it("names an option that does not exist", () => {
    assert.throws(
      () => new Application({ setings: {} } as never),
      errorOf("OPTION_UNKNOWN", /Did you mean "settings"\?/),
    );
  });

  it("has a database of its own, which ends with it", async () => {
    const settings = { TINA4_DATABASE_URL: "sqlite::memory:" };
    const [one, other] = [newApp(settings).app, newApp(settings).app];
    await one.database().execute("CREATE TABLE notes (text TEXT)");
    assert.deepEqual(await one.database().fetch("SELECT text FROM notes"), []);
    await assert.rejects(other.database().fetch("SELECT text FROM notes"));
    await one.close();
    assert.throws(() => one.database(), { code: "closed" });
    await other.close();
  });

  it("listens on a free port and says where", async () => {
    const { app } = newApp();
    const { host, port, url } = await app.listen(LOCAL);
    assert.deepEqual([host, url], ["127.0.0.1", `http://localhost:${port}`]);
    await app.close();
  });

  it("says that a port is taken and how to take another, and can try again", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo;
    const { app } = newApp();
    await assert.rejects(
      app.listen({ ...LOCAL, port }),
      errorOf("PORT_UNAVAILABLE", /in use; choose another with PORT or --port/),
    );
    await app.listen(LOCAL);
    await app.close();
    other.close();
  });

  it("refuses an address that is not one of this machine, a port that is none, and an unknown option", async () => {
    const { app } = newApp();
    await assert.rejects(
      app.listen({ port: 0, host: "192.0.2.1" }),
      errorOf("PORT_UNAVAILABLE", /Cannot listen on 192\.0\.2\.1:0/),
    );
    await assert.rejects(
      app.listen({ ...LOCAL, port: 70_000 }),
      errorOf("PORT_UNAVAILABLE", /Cannot listen on 127\.0\.0\.1:70000/),
    );
    await assert.rejects(app.listen({ prot: 0 } as never), errorOf("OPTION_UNKNOWN", /Did you mean "port"\?/));
    await app.close();
  });

  it("refuses to listen twice", async () => {
    const { app } = newApp();
    const { url } = await app.listen(LOCAL);
    await assert.rejects(app.listen(LOCAL), errorOf("PORT_UNAVAILABLE", new RegExp(`listens already, on ${url}`)));
    await app.close();
  });

  it("listens once when it is asked twice at the same time", async () => {
    const { app } = newApp();
    const results = await Promise.allSettled([app.listen(LOCAL), app.listen(LOCAL)]);
    assert.deepEqual(results.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
    await app.close();
  });

  it("leaves nothing listening when a route is a mistake, and says the same again", async () => {
    const { app } = newApp();
    app.get("/open", () => ({})).middleware("Unknown");
    for (const start of [() => app.ready(), () => app.listen(LOCAL), () => app.dispatch(OPEN)]) {
      await assert.rejects(
        start,
        errorOf("MIDDLEWARE_UNKNOWN", /GET \/open \(.+application\.test\.ts:\d+\): No middleware is named "Unknown"/),
      );
    }
    await app.close();
  });

  it("refuses routes, marks and middleware that come after the start", async () => {
    const { app } = newApp();
    const route = app.get("/open", () => ({}));
    await app.ready();
    assert.throws(() => app.get("/late", () => ({})), errorOf("ROUTE_TOO_LATE", /GET \/late/));
    assert.throws(() => route.noAuth(), errorOf("ROUTE_TOO_LATE", /GET \/open/));
    assert.throws(() => app.use("X"), errorOf("ROUTE_TOO_LATE", /Middleware/));
    await app.close();
  });

  it("shares nothing with another application", async () => {
    const one = newApp().app;
    const other = newApp({ SECRET: "c7d2e9f4a1b8c3d6e5f0a9b2c7d4e1f8a3b6c9d0e7f2a5b8c1d4" }).app;
    one.get("/open", (request) => ({ user: request.user }));
    one.middleware.register("mine", (request, response, next) => next(request, response));
    one.use((_request, response, next) => {
      response.header("X-One", "1");
      return next();
    });
    const answer = await other.dispatch(OPEN);
    assert.deepEqual([answer.status, answer.headers.get("X-One")], [404, null]);
    assert.equal(other.auth.validToken(one.auth.getToken({ sub: 1 })), null);
    assert.notEqual(one.backends.databases, other.backends.databases);
    const third = newApp().app;
    third.get("/open", () => ({})).middleware("mine");
    await assert.rejects(third.ready(), errorOf("MIDDLEWARE_UNKNOWN", /"mine"/));
    await Promise.all([one.close(), other.close(), third.close()]);
  });

  it("can be closed before it started, twice, and is then closed for good", async () => {
    const { app } = newApp();
    await Promise.all([app.close(), app.close()]);
    await app.close();
    for (const start of [() => app.ready(), () => app.listen(LOCAL), () => app.dispatch(OPEN)]) {
      await assert.rejects(start, errorOf("APPLICATION_CLOSED", /was closed/));
    }
  });

  describe("when it closes", () => {
    async function serving(): Promise<{
      app: Application;
      port: number;
      started: (count?: number) => Promise<void>;
      finish: () => void;
    }> {
      const { app } = newApp();
      let begun = 0;
      let finish = (): void => {};
      const started = async (count = 1): Promise<void> => {
        while (begun < count) await new Promise(setImmediate);
      };
      const gate = new Promise<void>((resolve) => {
        finish = resolve;
      });
      app.get("/open", () => ({ open: true }));
      app.get("/slow", async () => {
        begun += 1;
        await gate;
        return { done: true };
      });
      const { port } = await app.listen(LOCAL);
      return { app, port, started, finish };
    }

    it("ends idle connections at once, whether they have been used or not", async () => {
      const { app, port } = await serving();
      const unused = await RawConnection.open(port);
      const used = await RawConnection.open(port);
      await used.send(GET_OPEN).until('{"open":true}');
      await Promise.all([app.close(), unused.all(), used.all()]);
    });

    it("finishes what runs, on a connection that then ends", async () => {
      const { app, port, started, finish } = await serving();
      const running = await RawConnection.open(port);
      running.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
      const inProcess = app.dispatch({ path: "/slow", headers: { Host: "localhost" } });
      await started(2);
      const closed = app.close();
      await assert.rejects(RawConnection.open(port), { code: "ECONNREFUSED" });
      finish();
      const answer = await running.all();
      assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/);
      assert.match(answer, /^Connection: close$/m);
      assert.ok(answer.endsWith('{"done":true}'), answer);
      assert.deepEqual(await (await inProcess).json(), { done: true });
      await closed;
    });

    it("takes no further request on a connection", async () => {
      const { app, port, started, finish } = await serving();
      const running = await RawConnection.open(port);
      running.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
      await started();
      const closed = app.close();
      running.send(GET_OPEN);
      await new Promise(setImmediate);
      finish();
      const answer = await running.all();
      assert.equal(answer.match(/HTTP\/1\.1/g)?.length, 1);
      await closed;
    });

    it("cuts off what has not finished after ten seconds", async () => {
      const { app, port, started } = await serving();
      const running = await RawConnection.open(port);
      running.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
      await started();
      mock.timers.enable({ apis: ["setTimeout"] });
      try {
        const closed = app.close();
        await new Promise(setImmediate);
        mock.timers.tick(10_000);
        assert.equal(await running.all(), "");
        await closed;
      } finally {
        mock.timers.reset();
      }
    });
  });
});

describe("an application that is told things as others are", () => {
  it("says where its port and its settings stand", async () => {
    assert.throws(() => new Application({ port: 80 } as never), { message: /Write \{ settings: \{ PORT: … \} \}/ });
    assert.throws(() => new Application({ TINA4_DEBUG: true } as never), { message: /settings: \{ TINA4_DEBUG: … \}/ });
    const { app } = newApp();
    await assert.rejects(app.listen(3000 as never), {
      code: "OPTION_INVALID",
      message: "Write listen({ port: 3000 }).",
    });
    await app.close();
  });
});
