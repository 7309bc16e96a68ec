import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Tina4Error } from "../../src/errors.ts";
import type { MiddlewareFunction } from "../../src/pipeline/middleware.ts";
import { toLayer } from "../../src/pipeline/to-layer.ts";

const WHERE = "GET /users (routes/users.ts:3)";
const pass: MiddlewareFunction = (_request, _response, next) => next();

class Logger {
  use(_request: unknown, _response: unknown, next: () => void): void {
    next();
  }
}

class Guard {
  static beforeGuard(): void {}
}

const koaArrow = async (context: { body: string }, next: () => Promise<void>): Promise<void> => {
  await next();
  context.body = "late";
};

const adonisArrow = async ({ request }: { request: object }, next: () => Promise<void>): Promise<void> => {
  if (request !== null) await next();
};

describe("toLayer", () => {
  it("takes functions of any arity that could answer or go on", () => {
    const wrapped: MiddlewareFunction = (...exchange) => pass(...exchange);
    const refuseAll: MiddlewareFunction = (_request, response) => response.error("closed", 503);
    for (const run of [pass, wrapped, refuseAll]) assert.deepEqual(toLayer(run, "name", WHERE), { name: "name", run });
  });

  it("takes a function of two parameters that only calls something with next", () => {
    const tell = (_about: unknown, _next: string): undefined => undefined;
    const greet: MiddlewareFunction = (request, response) => {
      const next = request.path;
      tell(request, next);
      return response.text("hello");
    };
    assert.equal(toLayer(greet, "greet", WHERE).run, greet);
  });

  it("takes a class under the name that it is given", () => {
    assert.equal(toLayer(Guard, "Guards", WHERE).name, "Guards");
  });

  const misfits: readonly [string, unknown, string][] = [
    ["undefined", undefined, "undefined cannot act as middleware. An imported name may be misspelt"],
    ["null", null, "null cannot act as middleware. List a function, a class or a name."],
    ["a number", 0, "a value of type number cannot act as middleware."],
    ["a plain object", {}, "a value of type object cannot act as middleware."],
    ["an object without a prototype", Object.create(null), "a value of type object cannot act as middleware."],
    ["an array in the list", [pass], "an array cannot act as middleware. Spread it into the list: ...names."],
    ["a promise of middleware", Promise.resolve(pass), "a promise cannot act as middleware. Await it before"],
    ["an instance with use(), as in NestJS", new Logger(), "an instance of Logger cannot act as middleware. List the"],
    ["an instance of a class with hooks", new Guard(), "an instance of Guard cannot act as middleware. List the class"],
    ["the class of NestJS and AdonisJS", Logger, 'no hook. Give it a static method whose name starts with "before"'],
    ["an error handler of Express", expressErrorHandler, "entry has 4 parameters, as an error handler of Express has"],
    ["a factory that nobody called", makeGuard, "If it makes middleware, list what it returns: entry(…)."],
    ["an arrow of Koa and Hono", koaArrow, "entry takes the response for next. Write: (request, response, next)."],
    ["a function of Koa and Hono", koaFunction, "entry takes the response for next."],
    ["an arrow with a taken-apart context", adonisArrow, "entry takes the response for next."],
  ];
  for (const [what, value, text] of misfits) {
    it(`refuses ${what}, and says where it stands and what to write`, () => {
      assert.throws(
        () => toLayer(value, "entry", WHERE),
        (error) => {
          assert.ok(error instanceof Tina4Error);
          assert.equal(error.code, "MIDDLEWARE_INVALID");
          assert.ok(error.message.startsWith(`${WHERE}: `), error.message);
          assert.ok(error.message.includes(text), error.message);
          return true;
        },
      );
    });
  }
});

function expressErrorHandler(_error: Error, _request: unknown, _response: unknown, next: () => void): void {
  next();
}

function makeGuard(_role: string): MiddlewareFunction {
  return pass;
}

async function koaFunction(_context: unknown, next: () => Promise<void>): Promise<void> {
  await next();
}
