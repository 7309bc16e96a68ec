import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Request } from "../../src/http/request.ts";
import type { Response } from "../../src/http/response.ts";
import type { MiddlewareFunction } from "../../src/pipeline/middleware.ts";
import { MiddlewareRegistry } from "../../src/pipeline/middleware-registry.ts";
import { newExchange } from "./new-exchange.ts";

const WHERE = "GET /users (routes/users.ts:3)";

const pass: MiddlewareFunction = (_request, _response, next) => next();

const standIn: MiddlewareFunction = () => assert.fail("never runs");

class Guard {
  static beforeGuard(_request: Request, response: Response): void {
    response.error("guarded", 401);
  }
}

describe("MiddlewareRegistry", () => {
  describe("resolve", () => {
    it("takes a function as it is, under its name", () => {
      assert.deepEqual(new MiddlewareRegistry().resolve(pass, WHERE), { name: "pass", run: pass });
    });

    it("names a function without a name after its place", () => {
      assert.equal(new MiddlewareRegistry().resolve(nameless(), WHERE).name, `(anonymous, ${WHERE})`);
    });

    it("turns a class into a layer that runs its hooks", () => {
      const { name, run } = new MiddlewareRegistry().resolve(Guard, WHERE);
      const { request, response } = newExchange();
      assert.equal(name, "Guard");
      assert.equal(
        run(request, response, () => assert.fail("went on")),
        response,
      );
      assert.equal(response.statusCode, 401);
    });

    it("finds functions and classes by their names", () => {
      const registry = new MiddlewareRegistry();
      registry.register("log_request", pass);
      registry.register("Guard", Guard);
      assert.deepEqual(registry.resolve("log_request", WHERE), { name: "log_request", run: pass });
      const { request, response } = newExchange();
      registry.resolve("Guard", WHERE).run(request, response, () => assert.fail("went on"));
      assert.equal(response.statusCode, 401);
    });

    it("asks a factory for each place, with what stands after the first colon", () => {
      const registry = new MiddlewareRegistry();
      const asked: (string | undefined)[] = [];
      registry.registerFactory("LoginThrottle", (argument) => {
        asked.push(argument);
        return argument === "class" ? Guard : pass;
      });
      const entries = [
        "LoginThrottle:5",
        "LoginThrottle",
        "LoginThrottle:a:b\nc",
        "LoginThrottle:5",
        "LoginThrottle:class",
      ];
      const names = entries.map((entry) => registry.resolve(entry, WHERE).name);
      assert.deepEqual(names, entries);
      assert.deepEqual(asked, ["5", undefined, "a:b\nc", "5", "class"]);
    });

    it("tells a factory the place of the entry, and takes a value for it, under whatever name", () => {
      const asked: unknown[] = [];
      const registry = new MiddlewareRegistry();
      registry.registerFactory(
        "Throttle",
        (...call) => {
          asked.push(call);
          return pass;
        },
        standIn,
      );
      registry.register("Slow", standIn);
      registry.register("Throttle", standIn);
      registry.resolve("Throttle:5", WHERE, "route 0");
      const runs = [standIn, "Slow"].map((entry) => registry.resolve(entry, WHERE, "route 1").run);
      assert.deepEqual(runs, [pass, pass]);
      assert.deepEqual(asked, [
        ["5", "route 0"],
        [undefined, "route 1"],
        [undefined, "route 1"],
      ]);
    });

    it("refuses an unknown name and suggests the nearest one", () => {
      const registry = new MiddlewareRegistry();
      registry.registerFactory("RateLimiter", () => pass);
      registry.register("auth", pass);
      refuses(() => registry.resolve("Ratelimiter:30", WHERE), "MIDDLEWARE_UNKNOWN", [
        `${WHERE}: No middleware is named "Ratelimiter:30". Did you mean "RateLimiter"?`,
      ]);
      refuses(() => registry.resolve("RateLimiter :30", WHERE), "MIDDLEWARE_UNKNOWN", ['Did you mean "RateLimiter"?']);
      refuses(() => registry.resolve("JwtMiddleware", WHERE), "MIDDLEWARE_UNKNOWN", ["Known are: RateLimiter, auth."]);
      refuses(() => registry.resolve("", WHERE), "MIDDLEWARE_UNKNOWN", [WHERE]);
      refuses(() => new MiddlewareRegistry().resolve("auth", WHERE), "MIDDLEWARE_UNKNOWN", ["Known are: none."]);
    });

    it("knows no name that objects have by nature", () => {
      for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
        refuses(() => new MiddlewareRegistry().resolve(name, WHERE), "MIDDLEWARE_UNKNOWN", [name]);
      }
    });

    it("refuses an argument that the factory refuses, and keeps its reason", () => {
      const registry = new MiddlewareRegistry();
      const reason = new RangeError("The limit is a whole number from 1, not x.");
      registry.registerFactory("RateLimiter", () => {
        throw reason;
      });
      const error = refuses(() => registry.resolve("RateLimiter:x", WHERE), "MIDDLEWARE_INVALID", [
        `${WHERE}: "RateLimiter:x" cannot be used. ${reason.message}`,
      ]);
      assert.equal(error.cause, reason);
    });

    it("keeps a reason that is no Error", () => {
      for (const reason of ["no such limit", null]) {
        const registry = new MiddlewareRegistry();
        registry.registerFactory("RateLimiter", () => {
          throw reason;
        });
        const message = `${WHERE}: "RateLimiter:x" cannot be used. ${reason}`;
        assert.throws(() => registry.resolve("RateLimiter:x", WHERE), { code: "MIDDLEWARE_INVALID", message });
      }
    });

    it("refuses an argument where none is taken, and a colon without one", () => {
      const registry = new MiddlewareRegistry();
      registry.register("auth", pass);
      registry.registerFactory("RateLimiter", () => assert.fail("asked"));
      refuses(() => registry.resolve("auth:5", WHERE), "MIDDLEWARE_INVALID", [WHERE, '"auth:5"', "auth takes none"]);
      refuses(() => registry.resolve("auth:", WHERE), "MIDDLEWARE_INVALID", ['"auth:"']);
      refuses(() => registry.resolve("RateLimiter:", WHERE), "MIDDLEWARE_INVALID", ["no argument after it"]);
    });

    it("refuses what a factory makes when it is no middleware", () => {
      const registry = new MiddlewareRegistry();
      registry.registerFactory("Made", () => [pass] as unknown as MiddlewareFunction);
      const text = `${WHERE}: an array cannot act as middleware.`;
      refuses(() => registry.resolve("Made:1", WHERE), "MIDDLEWARE_INVALID", [text]);
    });

    it("says how to write what Express and Python write as a name", () => {
      const registry = new MiddlewareRegistry();
      registry.register("auth", pass);
      const path = () => registry.resolve("/admin", WHERE);
      refuses(path, "MIDDLEWARE_UNKNOWN", ['"/admin"', "group(path, { middleware: [...] }, …)"]);
      const list = () => registry.resolve("auth, log", WHERE);
      refuses(list, "MIDDLEWARE_UNKNOWN", ['"auth, log"', "Each name is an entry of its own."]);
    });

    it("refuses a class without hooks, also one that was registered, and says where it is listed", () => {
      class Forgotten {}
      const registry = new MiddlewareRegistry();
      registry.register("Forgotten", Forgotten);
      for (const entry of [Forgotten, "Forgotten"]) {
        refuses(() => registry.resolve(entry, WHERE), "MIDDLEWARE_INVALID", [WHERE, "Forgotten has no hook"]);
      }
    });

    it("is typed so that a function that returns no response is not taken for a class", () => {
      const registry = new MiddlewareRegistry();
      // @ts-expect-error the compiler refuses what would be a 500 at run time
      const layer = registry.resolve((_request, _response, next) => void next(), WHERE);
      assert.equal(typeof layer.run, "function");
    });
  });

  describe("register", () => {
    it("refuses a name that is taken, by whatever", () => {
      const registry = new MiddlewareRegistry();
      registry.register("auth", pass);
      registry.registerFactory("RateLimiter", nameless);
      const taken = () => registry.register("auth", nameless());
      refuses(taken, "MIDDLEWARE_DUPLICATE", ["Two different middleware are named auth. The other is built in"]);
      refuses(() => registry.registerFactory("auth", nameless), "MIDDLEWARE_DUPLICATE", []);
      refuses(() => registry.register("RateLimiter", nameless as never), "MIDDLEWARE_DUPLICATE", []);
      refuses(() => registry.registerFactory("RateLimiter", () => Guard), "MIDDLEWARE_DUPLICATE", []);
      assert.equal(registry.resolve("auth", WHERE).run, pass);
    });

    it("names the files of both when two share a name, and the file of a name that could not be listed", () => {
      const registry = new MiddlewareRegistry();
      registry.register("auth", pass, "src/middleware/auth.ts");
      const again = () => registry.register("auth", nameless(), "src/middleware/old.ts");
      const both =
        "src/middleware/old.ts: Two different middleware are named auth. The other is src/middleware/auth.ts.";
      refuses(again, "MIDDLEWARE_DUPLICATE", [both]);
      const misnamed = () => registry.register("größe", pass, "src/middleware/old.ts");
      refuses(misnamed, "MIDDLEWARE_INVALID", ['src/middleware/old.ts: "größe" cannot name middleware.']);
    });

    it("takes the same middleware again under the same name, or under another", () => {
      const registry = new MiddlewareRegistry();
      for (const name of ["auth", "auth", "authenticate"]) registry.register(name, pass);
      for (const name of ["Limit", "Limit"]) registry.registerFactory(name, nameless);
      assert.equal(registry.resolve("authenticate", WHERE).run, pass);
    });

    it("refuses a name that could not be listed", () => {
      for (const name of ["", "2fa", "rate limiter", "Rate:5", "a-b", "a\n", "größe", "a.b"]) {
        refuses(() => new MiddlewareRegistry().register(name, pass), "MIDDLEWARE_INVALID", [JSON.stringify(name)]);
        refuses(() => new MiddlewareRegistry().registerFactory(name, nameless), "MIDDLEWARE_INVALID", []);
      }
    });

    it("refuses what is no function or class", () => {
      const registry = new MiddlewareRegistry();
      const nothing = undefined as unknown as MiddlewareFunction;
      const message = "Middleware auth is no function and no class, but of type undefined.";
      assert.throws(() => registry.register("auth", nothing), { code: "MIDDLEWARE_INVALID", message });
    });
  });

  it("makes nothing of a missing entry, also where a factory has no stand-in", () => {
    const registry = new MiddlewareRegistry();
    registry.registerFactory("RateLimiter", () => assert.fail("asked"));
    const missing = undefined as unknown as MiddlewareFunction;
    refuses(() => registry.resolve(missing, WHERE), "MIDDLEWARE_INVALID", [
      `${WHERE}: undefined cannot act as middleware`,
    ]);
  });

  it("knows middleware again by itself and by each of its names, and by nothing else", () => {
    const registry = new MiddlewareRegistry();
    registry.register("auth", pass);
    registry.register("login", pass);
    registry.register("Guard", Guard);
    const seen = [pass, "auth", "login", "Guard", "auth:1", "", standIn, Guard].map((entry) =>
      registry.isNamed(entry, pass),
    );
    assert.deepEqual(seen, [true, true, true, false, false, false, false, false]);
  });

  it("counts its names", () => {
    const registry = new MiddlewareRegistry();
    registry.register("auth", pass);
    registry.registerFactory("RateLimiter", () => pass, standIn);
    assert.equal(registry.size, 2);
  });

  it("shares nothing with another one", () => {
    const [one, other] = [new MiddlewareRegistry(), new MiddlewareRegistry()];
    one.register("auth", pass);
    refuses(() => other.resolve("auth", WHERE), "MIDDLEWARE_UNKNOWN", ["Known are: none."]);
  });
});

function nameless(): MiddlewareFunction {
  return (_request, _response, next) => next();
}

/** Checks that an action throws an error with this code and all these texts in its message, and gives back the error. */
function refuses(action: () => unknown, code: string, texts: readonly string[]): Error {
  let thrown: unknown;
  assert.throws(action, (error) => {
    thrown = error;
    return true;
  });
  const error = thrown as Error & { code: string };
  assert.equal(error.code, code);
  for (const text of texts) assert.ok(error.message.includes(text), `${error.message} — lacks: ${text}`);
  return error;
}
