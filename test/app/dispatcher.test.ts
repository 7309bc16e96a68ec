import assert from "node:assert/strict";
import { once } from "node:events";
import type { Duplex } from "node:stream";
import { afterEach, beforeEach, describe, it } from "node:test";
import { Dispatcher } from "../../src/app/dispatcher.ts";
import { ErrorResponder } from "../../src/app/error-responder.ts";
import { HttpServer } from "../../src/app/http-server.ts";
import { type InProcessRequest, sendRequest } from "../../src/app/send-request.ts";
import { readBody } from "../../src/http/read-body.ts";
import { createLogger } from "../../src/log/create-logger.ts";
import type { Step } from "../../src/pipeline/step.ts";
import { bareLender } from "../http/bare-lender.ts";
import { LogMemory } from "./test-app.ts";

const TIMEOUT_SECONDS = 30;
const TIMED_OUT = '{"error":"The request took too long"}';

describe("Dispatcher", () => {
  const memory = new LogMemory();
  let step: Step;
  let dispatcher: Dispatcher;
  let server: HttpServer;

  beforeEach(() => {
    memory.lines.length = 0;
    const log = createLogger({ destination: memory });
    dispatcher = new Dispatcher({
      steps: [(request, response) => step(request, response)],
      socketSteps: [],
      lender: bareLender(),
      farewells: [],
      commonHeaders: ["X-Common", "kept"],
      handlerTimeoutSeconds: TIMEOUT_SECONDS,
      errorResponder: new ErrorResponder({ log }),
    });
    server = new HttpServer({ requests: dispatcher, commonHeaders: [], log });
  });

  afterEach(() => server.close(0));

  const send = (request: InProcessRequest = { path: "/" }): Promise<Response> =>
    sendRequest(request, (address) => server.connect(address));
  const messages = (): string[] => memory.entries.map(({ message }) => message);

  /** A promise that a test settles, and one that says when it is waited for. */
  function gate<T>(): { opened: Promise<T>; open: (value: T) => void; fail: (error: unknown) => void } {
    let open: (value: T) => void = () => {};
    let fail: (error: unknown) => void = () => {};
    const opened = new Promise<T>((resolve, reject) => {
      open = resolve;
      fail = reject;
    });
    return { opened, open, fail };
  }

  async function turns(count = 20): Promise<void> {
    for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
  }

  function tick(seconds: number): void {
    for (let second = 0; second < seconds; second += 1) dispatcher.tick();
  }

  describe("a step that never answers", () => {
    it("ends as 503 when its time is up, not before, and is ignored later", async () => {
      const { opened, open } = gate<void>();
      step = async (_request, response) => {
        await opened;
        return response.json({ late: true });
      };
      let isAnswered = false;
      const answer = send().then((response) => {
        isAnswered = true;
        return response;
      });
      await turns();
      tick(TIMEOUT_SECONDS - 1);
      await turns();
      assert.equal(isAnswered, false);
      tick(1);
      const response = await answer;
      assert.deepEqual([response.status, await response.text()], [503, TIMED_OUT]);
      open();
      await turns();
      assert.deepEqual(messages(), ["refused", "answered too late"]);
    });

    it("is logged when it fails later", async () => {
      const { opened, fail } = gate<never>();
      step = () => opened;
      const answer = send();
      await turns();
      tick(TIMEOUT_SECONDS);
      assert.equal((await answer).status, 503);
      fail(new Error("at last"));
      await turns();
      assert.deepEqual(messages(), ["refused", "failed too late"]);
    });

    it("has its departures made once", async () => {
      let departures = 0;
      const { opened, open } = gate<void>();
      step = async (_request, response) => {
        response.onDeparture(() => {
          departures += 1;
        });
        await opened;
        return response.noContent();
      };
      const answer = send();
      await turns();
      tick(TIMEOUT_SECONDS);
      assert.equal((await answer).status, 503);
      open();
      await turns();
      assert.equal(departures, 1);
    });

    it("is not counted while its body is still being read", async () => {
      step = async (request, response) => {
        const { value: bytes } = await readBody(request.raw, 10);
        return response.text(String(bytes));
      };
      const client = server.connect("127.0.0.1");
      client.write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nConnection: close\r\n\r\nab");
      await turns();
      tick(2 * TIMEOUT_SECONDS);
      client.write("cd");
      assert.match(await everything(client), /^HTTP\/1\.1 200 OK\r\n.*\r\n\r\nabcd$/s);
    });
  });

  describe("departures", () => {
    it("run in reverse order before the response is sent, whether synchronous or not", async () => {
      const order: string[] = [];
      step = (_request, response) => {
        response.onDeparture(() => {
          order.push("entered first");
          response.header("X-Order", order.join(", "));
        });
        response.onDeparture(async () => {
          await Promise.resolve();
          order.push("entered second");
        });
        response.onDeparture(() => {
          order.push("entered third");
        });
        return response.json({ statusSeen: true });
      };
      const answer = await send();
      assert.equal(answer.headers.get("X-Order"), "entered third, entered second, entered first");
      assert.deepEqual([answer.status, await answer.json()], [200, { statusSeen: true }]);
    });

    for (const [name, failing] of [
      [
        "throws",
        () => {
          throw new Error("no way out");
        },
      ],
      ["rejects", () => Promise.reject(new Error("no way out"))],
    ] as const) {
      it(`that ${name} turns the answer into one 500, and the others are made`, async () => {
        let others = 0;
        const count = (): void => {
          others += 1;
        };
        step = (_request, response) => {
          response.onDeparture(count);
          response.onDeparture(failing);
          response.onDeparture(count);
          return response.cookie("user", "alice").json({ fine: true });
        };
        const answer = await send();
        assert.deepEqual([answer.status, await answer.text()], [500, '{"error":"Internal server error"}']);
        assert.deepEqual(answer.headers.getSetCookie(), []);
        assert.equal(answer.headers.get("X-Common"), "kept");
        assert.equal(others, 2);
        assert.deepEqual(messages(), ["request failed"]);
      });
    }

    it("are made for refusals and for errors too, and see their status", async () => {
      const seen: number[] = [];
      const outcomes: Record<string, Step> = {
        refused: () => ({ status: 403, code: "X", message: "No" }),
        "refused later": async () => ({ status: 409, code: "X", message: "No" }),
        thrown: () => {
          throw new Error("boom");
        },
        rejected: () => Promise.reject(new Error("boom")),
      };
      for (const outcome of Object.values(outcomes)) {
        step = (request, response) => {
          response.onDeparture(() => {
            seen.push(response.statusCode);
          });
          return outcome(request, response);
        };
        await send();
      }
      assert.deepEqual(seen, [403, 409, 500, 500]);
    });

    it("that hang end as 503", async () => {
      step = (_request, response) => {
        response.onDeparture(() => new Promise(() => {}));
        return response.json({ fine: true });
      };
      const answer = send();
      await turns();
      tick(TIMEOUT_SECONDS);
      assert.equal((await answer).status, 503);
    });
  });

  it("survives a header that Node.js will not write", async () => {
    step = (_request, response) => {
      response.stage("X-Bad", "a\r\nb");
      return response.json({});
    };
    await assert.rejects(send(), { code: "ECONNRESET" });
    assert.deepEqual(messages(), ["failed too late"]);
    step = (_request, response) => response.json({ alive: true });
    assert.equal((await send()).status, 200);
  });

  it("forgets 1,000 clients that leave while their request is answered", async () => {
    let departures = 0;
    let aborted = 0;
    const { opened, open } = gate<void>();
    step = async (request, response) => {
      request.raw.once("close", () => {
        aborted += Number(request.raw.destroyed && !response.produced);
      });
      response.onDeparture(() => {
        departures += 1;
      });
      await opened;
      return response.json({});
    };
    const clients = Array.from({ length: 1000 }, () => {
      const client = server.connect("127.0.0.1");
      client.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
      return client;
    });
    await turns();
    for (const client of clients) client.destroy();
    await turns();
    assert.equal(aborted, 1000);
    open();
    await turns();
    tick(TIMEOUT_SECONDS);
    assert.equal(departures, 1000);
    assert.deepEqual(messages(), []);
    await server.close(0);
  });
});

async function everything(client: Duplex): Promise<string> {
  let text = "";
  client.setEncoding("latin1").on("data", (chunk: string) => {
    text += chunk;
  });
  await once(client, "end");
  client.destroy();
  return text;
}
