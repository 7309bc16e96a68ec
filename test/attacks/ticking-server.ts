import { Dispatcher } from "../../src/app/dispatcher.ts";
import { ErrorResponder } from "../../src/app/error-responder.ts";
import { HttpServer } from "../../src/app/http-server.ts";
import { createLogger } from "../../src/log/create-logger.ts";
import { RequestLoggerMiddleware } from "../../src/middleware/request-logger-middleware.ts";
import { securityHeaders } from "../../src/middleware/security-headers-middleware.ts";
import type { Step } from "../../src/pipeline/step.ts";
import { LogMemory, newApp } from "../app/test-app.ts";
import { bareLender } from "../http/bare-lender.ts";

/** A real server on a port, for which seconds pass only when a test says so. */
export interface TickingServer {
  readonly port: number;
  readonly log: LogMemory;
  tick(seconds: number): void;
  close(): Promise<void>;
}

export async function startTickingServer(step: Step, headersTimeoutMs = 9000): Promise<TickingServer> {
  const memory = new LogMemory();
  const log = createLogger({ destination: memory });
  const { app } = newApp();
  const commonHeaders = securityHeaders(app.settings);
  const dispatcher = new Dispatcher({
    steps: [step],
    socketSteps: [],
    lender: bareLender(),
    farewells: [],
    commonHeaders,
    handlerTimeoutSeconds: 30,
    errorResponder: new ErrorResponder({ log }),
    requestWatch: new RequestLoggerMiddleware({ log, format: "json", monotonicNow: () => 0 }),
  });
  const server = new HttpServer({ requests: dispatcher, commonHeaders, log, headersTimeoutMs });
  const { port } = await server.listen(0, "127.0.0.1");
  return {
    port,
    log: memory,
    tick: (seconds) => {
      for (let second = 0; second < seconds; second += 1) {
        dispatcher.tick();
        server.tick();
      }
    },
    close: async () => {
      await server.close(0);
      await app.close();
    },
  };
}
