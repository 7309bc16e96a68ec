import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Tina4Error } from "../../src/errors.ts";
import type { Request } from "../../src/http/request.ts";
import type { Response } from "../../src/http/response.ts";
import { hasHooks, hooksOf } from "../../src/pipeline/hooks-of.ts";
import type { MiddlewareClass } from "../../src/pipeline/middleware.ts";
import { newExchange } from "./new-exchange.ts";

describe("hooksOf", () => {
  it("takes nothing, the response and the pair of both from a hook, at once or later", async () => {
    for (const pick of [
      () => undefined,
      (_request: Request, response: Response) => response,
      (request: Request, response: Response) => [request, response],
    ]) {
      class Right {
        static beforeAtOnce(request: Request, response: Response): unknown {
          return pick(request, response);
        }
        static async beforeLater(request: Request, response: Response): Promise<unknown> {
          return pick(request, response);
        }
      }
      const { request, response } = newExchange();
      const [atOnce, later] = hooksOf(Right).before;
      assert.equal(atOnce?.(request, response), undefined);
      assert.equal(await later?.(request, response), undefined);
    }
  });

  describe("a hook that returns something else", () => {
    const stranger = newExchange();
    const wrongResults: Readonly<Record<string, (request: Request, response: Response) => unknown>> = {
      null: () => null,
      true: () => true,
      "an object": () => ({ ok: true }),
      "another response": () => stranger.response,
      "another request": (_request, response) => [stranger.request, response],
      "another response in a pair": (request) => [request, stranger.response],
      "a pair in the wrong order": (request, response) => [response, request],
      "half a pair": (request) => [request],
      "too long a pair": (request, response) => [request, response, 1],
    };
    for (const [what, make] of Object.entries(wrongResults)) {
      it(`fails the request, and the error names class and hook: ${what}`, async () => {
        for (const wait of [false, true]) {
          class Wrong {
            static beforeCheck(request: Request, response: Response): unknown {
              const result = make(request, response);
              return wait ? Promise.resolve(result) : result;
            }
          }
          const [hook] = hooksOf(Wrong).before;
          const { request, response } = newExchange();
          await assert.rejects(async () => hook?.(request, response), {
            code: "MIDDLEWARE_INVALID",
            message: /^Middleware Wrong\.beforeCheck returned something else/,
          });
        }
      });
    }
  });

  describe("refuses", () => {
    it("a class without a hook", () => {
      class Forgotten {
        static check(): void {}
      }
      assertInvalid(Forgotten, /^Middleware Forgotten has no hook\. Give it a static method/);
      assertInvalid(Map, /^Middleware Map has no hook/);
    });

    it("a class whose hook is not static, also when another one is", () => {
      class HalfStatic {
        static afterLog(): void {}
        beforeAuth(): void {}
      }
      class Child extends HalfStatic {}
      assertInvalid(
        HalfStatic,
        /^Middleware HalfStatic\.beforeAuth never runs.*static beforeAuth\(request, response\)/,
      );
      assertInvalid(Child, /^Middleware Child\.beforeAuth never runs/);
    });

    it("a class with a hook that is no function", () => {
      class Typo {
        static readonly beforeCheck = "check";
      }
      assertInvalid(Typo, /^Middleware Typo\.beforeCheck has the name of a hook, but is no function/);
    });
  });
});

function assertInvalid(subject: MiddlewareClass, message: RegExp): void {
  assert.throws(
    () => hooksOf(subject),
    (error) => {
      assert.ok(error instanceof Tina4Error);
      assert.equal(error.code, "MIDDLEWARE_INVALID");
      assert.match(error.message, message);
      return true;
    },
  );
}

describe("a hook that waits for next", () => {
  it("is refused, with what a hook gets and what runs code around", () => {
    class Timed {
      static beforeTime(_request: unknown, _response: unknown, _next: unknown): void {}
    }
    assert.throws(() => hooksOf(Timed as never), {
      code: "MIDDLEWARE_INVALID",
      message: /Timed\.beforeTime has 3 parameters, and a hook gets two: \(request, response\).*write a function/,
    });
  });
});

describe("hasHooks", () => {
  it("is true of a class with a hook, also where the word static was forgotten", () => {
    assert.equal(
      hasHooks(
        class Right {
          static beforeAll(): void {}
        },
      ),
      true,
    );
    assert.equal(
      hasHooks(
        class Forgetful {
          beforeAll(): void {}
        },
      ),
      true,
    );
  });

  it("is false of a class whose methods only have such a word further on in their names", () => {
    class Other {
      static hereafter(): void {}
      runBefore(): void {}
      thereafter(): void {}
      notbefore(): void {}
    }
    assert.equal(hasHooks(Other), false);
  });

  it("is false of any other class", () => {
    assert.equal(
      hasHooks(
        class Cart {
          static open(): void {}
          total(): number {
            return 0;
          }
        },
      ),
      false,
    );
  });
});
