import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { z } from "zod";
import type { Method } from "../../src/router/method.ts";
import { parsePattern } from "../../src/router/path-pattern.ts";
import { Route } from "../../src/router/route.ts";
import type { RouteOptions } from "../../src/router/route-options.ts";

const handler = () => "answer";
const inner = "RateLimiter:30";
const outer = "RateLimiter:120";

describe("Route", () => {
  it("carries no mark by itself", () => {
    assert.deepEqual(create({}).marks, { middleware: [] });
    assert.deepEqual(create({}).schemas, { params: undefined, query: undefined, body: undefined });
  });

  it("means the same by its options as by its chain", () => {
    const { roles, ...marks } = create({
      secure: { session: true, loginPath: "/login" },
      csrf: true,
      role: ["admin", "owner"],
      middleware: [outer, inner],
      upload: { maxFiles: 2 },
      name: "users",
      template: "users.twig",
    }).marks;
    const chained = create({})
      .secure({ session: true, loginPath: "/login" })
      .csrf()
      .role("admin", "owner")
      .middleware(outer, inner)
      .upload({ maxFiles: 2 })
      .name("users")
      .template("users.twig").marks;
    assert.deepEqual({ ...marks, roles }, chained);
    assert.deepEqual(create({ noAuth: true, crossSite: true }).marks, create({}).noAuth().crossSite().marks);
  });

  it("refuses unclear upload options and an upload without a body, naming the route", () => {
    const unclear = { maxFile: 1 } as object;
    for (const mark of [() => create({ upload: unclear }), () => create({}).upload(unclear)]) {
      assert.throws(mark, {
        code: "OPTION_UNKNOWN",
        message: 'POST /users (routes.ts:7): .upload() has no option "maxFile". Did you mean "maxFiles"?',
      });
    }
    assert.throws(() => create({ upload: true }, "GET"), { code: "ROUTE_CONTRADICTION" });
    assert.doesNotThrow(() => create({ upload: false }, "GET"));
  });

  it("refuses a template without a name, and where nobody is shown a page, naming the route", () => {
    for (const template of ["", null, 7, {}]) {
      for (const mark of [
        () => create({ template: template as never }),
        () => create({}).template(template as never),
      ]) {
        assert.throws(mark, {
          code: "OPTION_INVALID",
          message: /^POST \/users \(routes\.ts:7\): \.template\(\) needs the name/,
        });
      }
    }
    for (const method of ["HEAD", "OPTIONS"] as const) {
      assert.throws(() => create({ template: "users.twig" }, method), {
        code: "ROUTE_CONTRADICTION",
        message: /: its answer shows nobody a page\. Write \.template\(\) behind the GET route\.$/,
      });
    }
    assert.deepEqual(create({ template: undefined }).marks, { middleware: [] });
  });

  it("gathers roles and middleware over several calls, in the order given", () => {
    const route = create({ role: "a", middleware: outer }).role("b").middleware(inner).role("c");
    assert.deepEqual(route.marks.roles, ["a", "b", "c"]);
    assert.deepEqual(route.marks.middleware, [outer, inner]);
  });

  it("notices a role() without a name, which would let nobody or everybody in", () => {
    assert.deepEqual(create({}).role().marks.roles, []);
    assert.deepEqual(create({ role: [] }).marks.roles, []);
  });

  it("keeps schemas of the Standard Schema and refuses everything else", () => {
    const schema = z.object({ name: z.string() });
    assert.equal(create({ body: schema, query: schema, params: schema }).schemas.body, schema);
    for (const body of [{}, { parse: () => 1 }, null, "schema", { "~standard": {} }, () => true]) {
      assert.throws(() => create({ body: body as never }), {
        code: "OPTION_INVALID",
        message: /^POST \/users \(routes\.ts:7\): body is no Standard Schema/,
      });
    }
  });

  it("refuses an option that it does not know, and names route, place and the nearest option", () => {
    assert.throws(() => create({ noauth: true } as RouteOptions), {
      code: "OPTION_UNKNOWN",
      message: 'POST /users (routes.ts:7) has no option "noauth". Did you mean "noAuth"?',
    });
  });

  it("never changes the options it was given", () => {
    const options = Object.freeze({ middleware: Object.freeze([outer]), role: Object.freeze(["a"]) });
    create(options).middleware(inner).role("b");
    assert.deepEqual(options, { middleware: [outer], role: ["a"] });
  });

  it("refuses every mark once it is sealed, when it could protect nothing any more", () => {
    const route = create({});
    route.seal();
    const marks = {
      secure: [],
      noAuth: [],
      crossSite: [],
      csrf: [],
      role: ["a"],
      middleware: [inner],
      upload: [],
      name: ["a"],
    } as const;
    for (const [mark, args] of Object.entries(marks)) {
      assert.throws(() => Reflect.apply(route[mark as keyof typeof marks], route, args), {
        code: "ROUTE_TOO_LATE",
        message: "POST /users (routes.ts:7) was changed after the application had started.",
      });
    }
    assert.deepEqual(route.marks, { middleware: [] });
  });
});

function create(options: RouteOptions, method: Method = "POST"): Route {
  return new Route({
    methods: [method],
    pattern: parsePattern("/users"),
    handler,
    options,
    groups: [],
    declaredAt: "routes.ts:7",
  });
}
