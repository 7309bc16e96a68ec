import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { RouteOptions } from "../../src/router/route-options.ts";
import { Router } from "../../src/router/router.ts";
import type { GroupOptions } from "../../src/router/verb.ts";

const handler = () => "answer";

describe("Router", () => {
  it("registers a route for each verb", () => {
    const router = new Router();
    for (const verb of ["get", "head", "post", "put", "patch", "delete", "del", "options", "any"] as const) {
      router[verb](`/${verb}`, handler);
    }
    assert.deepEqual(labels(router), [
      "GET /get",
      "HEAD /head",
      "POST /post",
      "PUT /put",
      "PATCH /patch",
      "DELETE /delete",
      "DELETE /del",
      "OPTIONS /options",
      "GET|POST|PUT|PATCH|DELETE /any",
    ]);
  });

  it("takes options before the handler, or none", () => {
    const router = new Router();
    assert.equal(router.post("/a", { noAuth: true }, handler).marks.noAuth, true);
    assert.equal(router.post("/b", undefined as never, handler).marks.noAuth, undefined);
    assert.equal(router.post("/c", handler).handler, handler);
  });

  it("refuses a route without a handler, and names where it stands", () => {
    const router = new Router();
    for (const register of [
      () => router.get("/a", undefined as never),
      () => router.get("/a", {}, "handler" as never),
      () => Reflect.apply(router.get, undefined, ["/a"]),
      () => router.get("/a", { noAuth: true } as never),
    ]) {
      assert.throws(register, {
        code: "OPTION_INVALID",
        message: /^GET \/a \(.*router\.test\.ts:\d+\) has no handler/,
      });
    }
    assert.deepEqual(router.routes, []);
  });

  it("refuses further arguments, which could be a guard that would never run", () => {
    const router = new Router();
    const guard = () => "guard";
    for (const register of [
      () => Reflect.apply(router.get, undefined, ["/a", guard, guard, handler]),
      () => Reflect.apply(router.get, undefined, ["/a", {}, handler, guard]),
      () => Reflect.apply(router.group, undefined, ["/a", {}, handler, guard]),
    ]) {
      assert.throws(register, {
        code: "OPTION_INVALID",
        message: /has too many arguments.*\{ middleware: \[\.\.\.\] \}/,
      });
    }
    assert.deepEqual(router.routes, []);
  });

  it("shares nothing with another router", () => {
    const [one, other] = [new Router(), new Router()];
    one.group("/g", () => other.get("/a", handler));
    assert.deepEqual([labels(one), labels(other)], [[], ["GET /a"]]);
  });

  it("refuses a route after the application has started, and a change of one", () => {
    const router = new Router();
    const route = router.get("/a", handler);
    assert.deepEqual(router.seal(), [route]);
    assert.throws(() => router.get("/b", handler), {
      code: "ROUTE_TOO_LATE",
      message: /^GET \/b \(.*\) was registered after/,
    });
    assert.throws(() => route.secure(), { code: "ROUTE_TOO_LATE" });
    assert.deepEqual(labels(router), ["GET /a"]);
  });

  it("leaves nothing behind of a route that is refused", () => {
    const router = new Router();
    const place = /^GET \/\{a:itn\} \(.*router\.test\.ts:\d+\): .*Did you mean "int"/;
    assert.throws(() => router.get("/{a:itn}", handler), { code: "PATTERN_INVALID", message: place });
    assert.throws(() => router.get("/a", { noauth: true } as RouteOptions, handler), { code: "OPTION_UNKNOWN" });
    assert.deepEqual(router.routes, []);
  });
});

describe("Router.group", () => {
  it("puts its prefix before every path, and its middleware around, outermost first", () => {
    const router = new Router();
    router.group("/api", { middleware: "A" }, () => {
      router.get("/stats", { middleware: "own" }, handler);
      router.group("/admin/{id:int}", { middleware: ["B", "C"] }, () => {
        router.get("/", handler);
        router.get("/x/", handler);
      });
      router.get("/last", handler);
    });
    router.get("/outside", handler);
    assert.deepEqual(
      router.routes.map(({ label, groupMiddleware, marks }) => [label, groupMiddleware, marks.middleware]),
      [
        ["GET /api/stats", ["A"], ["own"]],
        ["GET /api/admin/{id:int}", ["A", "B", "C"], []],
        ["GET /api/admin/{id:int}/x/", ["A", "B", "C"], []],
        ["GET /api/last", ["A"], []],
        ["GET /outside", [], []],
      ],
    );
  });

  it("is known to its routes, with all groups around it", () => {
    const router = new Router();
    router.group("/a", { middleware: "A" }, () => router.group("/b", () => router.get("/c", handler)));
    assert.deepEqual(router.routes[0]?.groups, [
      { prefix: "/a", middleware: ["A"] },
      { prefix: "/b", middleware: [] },
    ]);
  });

  it("never glues a prefix to a path without its slash (M04)", () => {
    const router = new Router();
    router.group("/admin", { middleware: "guard" }, () => {
      assert.throws(() => router.get("istrator", handler), {
        code: "PATTERN_INVALID",
        message: /must start with a slash/,
      });
      assert.throws(() => router.get("", handler), { code: "PATTERN_INVALID" });
    });
    assert.throws(() => router.group("admin", () => undefined), {
      code: "PATTERN_INVALID",
      message: /prefix starts with a slash/,
    });
  });

  it("refuses a prefix that ends with a slash, and one that no path can have", () => {
    const router = new Router();
    for (const prefix of ["/", "/api/", ""])
      assert.throws(() => router.group(prefix, () => undefined), { code: "PATTERN_INVALID" });
    for (const prefix of ["/a//b", "/a/../b", "/{rest:path}"]) {
      assert.throws(() => router.group(prefix, () => router.get("/x", handler)), { code: "PATTERN_INVALID" }, prefix);
    }
  });

  it("refuses a parameter that stands in the prefix and in the path", () => {
    const router = new Router();
    assert.throws(() => router.group("/{id}", () => router.get("/{id:int}", handler)), { message: /same name/ });
  });

  it("ends where its function ends, also when that throws", () => {
    const router = new Router();
    const failure = new Error("in a route file");
    const failing = () =>
      router.group("/a", { middleware: "A" }, () => {
        router.group("/b", { middleware: "B" }, () => {
          throw failure;
        });
      });
    assert.throws(failing, failure);
    router.get("/c", handler);
    assert.deepEqual([labels(router), router.routes[0]?.groupMiddleware], [["GET /c"], []]);
  });

  it("refuses an async function, whose routes could end up outside, without its guard", async () => {
    const router = new Router();
    const late: unknown[] = [];
    const define = async () => {
      await null;
      late.push(1);
      throw new Error("nobody waits for this");
    };
    assert.throws(() => router.group("/a", define), {
      code: "OPTION_INVALID",
      message: /^Group \/a \(.*\) registers its routes in an async/,
    });
    await new Promise(setImmediate);
    assert.deepEqual(late, [1]);
  });

  it("refuses an option that it does not know, and a missing function", () => {
    const router = new Router();
    assert.throws(() => router.group("/a", { middlewares: "A" } as GroupOptions, () => undefined), {
      code: "OPTION_UNKNOWN",
      message: /Did you mean "middleware"/,
    });
    assert.throws(() => router.group("/a", {} as never), { code: "OPTION_INVALID", message: /has no function/ });
    router.group("/a", undefined as never, () => router.get("/b", handler));
    assert.deepEqual(labels(router), ["GET /a/b"]);
  });
});

function labels({ routes }: Router): string[] {
  return routes.map(({ label }) => label);
}
