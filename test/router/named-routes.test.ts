import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { isCanonicalTarget } from "../../src/http/canonical-target.ts";
import type { Method } from "../../src/router/method.ts";
import { NamedRoutes } from "../../src/router/named-routes.ts";
import { parsePattern } from "../../src/router/path-pattern.ts";
import { Route } from "../../src/router/route.ts";
import { SegmentTree } from "../../src/router/segment-tree.ts";

const SEED = 20_261_122;
const ID = "F47AC10B-58CC-4372-A567-0E02B2C3D479";

describe("NamedRoutes", () => {
  it("fills a pattern with its parameters, each checked by its type and percent-encoded", () => {
    const routes = named({
      home: "/",
      order: "/orders/{id:int}",
      user: "/users/{name}/größe",
      price: "/prices/{x:float}",
      device: "/devices/{u:uuid}",
      file: "/files/{rest:path}",
    });
    const urls: readonly (readonly [string, string, object?])[] = [
      ["/", "home"],
      ["/orders/7", "order", { id: 7 }],
      ["/orders/-7", "order", { id: "-7" }],
      ["/orders/9007199254740991", "order", { id: 9007199254740991n }],
      ["/users/%C3%84nne%20%26%20%3F%23%25/gr%C3%B6%C3%9Fe", "user", { name: "Änne & ?#%" }],
      ["/prices/0.5", "price", { x: 0.5 }],
      [`/devices/${ID.toLowerCase()}`, "device", { u: ID }],
      ["/files/a%20b/c%3Fd/%25", "file", { rest: "a b/c?d/%" }],
    ];
    for (const [url, name, params] of urls) assert.equal(routes.url(name, { ...params }), url);
  });

  it("puts further parameters into the query, lists under a name in brackets, and leaves out what is not there", () => {
    const routes = named({ search: "/search/{page:int}" });
    const params = { page: 2, q: "a&b=c d", ids: [1, "2"], all: true, none: null, missing: undefined };
    assert.equal(routes.url("search", params), "/search/2?q=a%26b%3Dc+d&ids%5B%5D=1&ids%5B%5D=2&all=true");
  });

  it("refuses a value that the route would not take", () => {
    const routes = named({ order: "/orders/{id:int}", user: "/users/{name}", file: "/files/{rest:path}" });
    for (const id of ["07", "7.0", "a", "", 1.5, 1e21, Number.NaN, null, undefined, true, [7], {}, () => 7]) {
      assert.throws(() => routes.url("order", { id }), {
        code: "OPTION_INVALID",
        message: /leads to \/orders\/\{id:int\}/,
      });
    }
    for (const name of ["", ".", "..", "a/b", "a\\b", "a\0", "\ud83d"]) {
      assert.throws(() => routes.url("user", { name }), { message: /cannot stand in a path as its name\.$/ }, name);
      assert.throws(
        () => routes.url("file", { rest: `x/${name.replace("/", "//")}` }),
        { code: "OPTION_INVALID" },
        name,
      );
    }
    for (const rest of ["/evil.example", "//evil.example", "a//b", "a/", "../secret", "\\evil"]) {
      assert.throws(() => routes.url("file", { rest }), { code: "OPTION_INVALID" }, rest);
    }
    assert.throws(() => routes.url("order"), {
      message: /its id is a text or a number\. Write url\(…, \{ id: … \}\)\.$/,
    });
    assert.throws(() => routes.url("user", Object.create({ name: "inherited" })), { code: "OPTION_INVALID" });
    assert.throws(() => routes.url("order", { id: 1, q: {} }), { message: /its query takes texts and numbers/ });
  });

  it("names the nearest name for one that no route has", () => {
    const routes = named({ orders: "/orders", contact: "/contact" });
    assert.throws(() => routes.url("ordes"), {
      message: 'url(): no route has the name "ordes". Did you mean "orders"?',
    });
    assert.throws(() => routes.url("__proto__"), { message: /Name one: \.name\(…\) behind the route\.$/ });
    for (const name of [undefined, null, 7, {}]) assert.throws(() => routes.url(name), { code: "OPTION_INVALID" });
  });

  it("does not start with two routes of one name", () => {
    assert.throws(() => new NamedRoutes([route("/a", "same"), route("/b", "other"), route("/c", "same")]), {
      code: "ROUTE_DUPLICATE",
      message: 'GET /c (routes.ts:7) has the name "same", and so has GET /a (routes.ts:7).',
    });
  });

  it("gives canonical paths that lead back to the same values, or none", () => {
    const pattern = parsePattern("/a/{name}/{id:int}/{rest:path}");
    const routes = new NamedRoutes([route(pattern.text, "all")]);
    const tree = new SegmentTree<string>();
    tree.leaf(pattern, () => "found");
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 8 }),
      fc.constantFrom(".", "..", "~", "%2e", "a/b", "é"),
    );
    let made = 0;
    fc.assert(
      fc.property(text, fc.integer(), fc.array(text, { minLength: 1, maxLength: 3 }), (name, id, parts) => {
        const rest = parts.join("/");
        let url: string;
        try {
          url = routes.url("all", { name, id, rest });
        } catch {
          return;
        }
        made += 1;
        assert.ok(isCanonicalTarget(url), url);
        assert.deepEqual(tree.find(url), { leaf: "found", values: [name, id, rest] });
      }),
      { seed: SEED, numRuns: 500 },
    );
    assert.ok(made > 100, `${made} paths were made`);
  });
});

function named(patterns: Readonly<Record<string, string>>): NamedRoutes {
  return new NamedRoutes(Object.entries(patterns).map(([name, pattern]) => route(pattern, name)));
}

function route(pattern: string, name: string): Route {
  const methods: Method[] = ["GET"];
  const definition = { methods, handler: () => "answer", groups: [], declaredAt: "routes.ts:7" };
  return new Route({ ...definition, pattern: parsePattern(pattern), options: { name } });
}
