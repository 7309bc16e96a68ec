import type { ServerResponse } from "node:http";
import type { AnswerWatch } from "../http/answer-watch.ts";
import type { Request } from "../http/request.ts";
import type { Response } from "../http/response.ts";
import { wasStoppedBy } from "../http/was-stopped-by.ts";
import { BodyWatch } from "./body-watch.ts";
import type { Connection } from "./connection.ts";
import { whenOver } from "./when-over.ts";

/** One request and its response on their way through the application. */
export class Exchange implements AnswerWatch {
  readonly request: Request;
  readonly response: Response;
  readonly rawResponse: ServerResponse;
  readonly connection: Connection;
  /** As the watch over all requests gave it, if there is one. */
  readonly startedAt: number;
  secondsWaited = 0;
  isDeparting = false;
  isSent = false;
  isGivenUp = false;
  #bodyWatch: BodyWatch | undefined;
  #abort: AbortController | undefined;

  constructor(
    request: Request,
    response: Response,
    rawResponse: ServerResponse,
    connection: Connection,
    startedAt: number,
  ) {
    this.request = request;
    this.response = response;
    this.rawResponse = rawResponse;
    this.connection = connection;
    this.startedAt = startedAt;
    request.watch = this;
  }

  /** Made when it is first asked for: most requests are never watched. */
  get signal(): AbortSignal {
    this.#abort ??= this.#watchClient();
    return this.#abort.signal;
  }

  /** Stops the work on an answer that is not waited for. */
  giveUp(): void {
    this.isGivenUp = true;
    this.#abort?.abort();
  }

  /** Whether an error says no more than that the work was stopped. */
  wasStoppedBy(error: unknown): boolean {
    return this.#abort !== undefined && wasStoppedBy(this.#abort.signal, error);
  }

  /** Notes that something is waited for from here on. */
  wait(): void {
    this.#bodyWatch = new BodyWatch(this.request.raw);
  }

  /** How its body comes in, told once a second. */
  pace(): ReturnType<BodyWatch["pace"]> {
    return this.#bodyWatch?.pace() ?? null;
  }

  #watchClient(): AbortController {
    const abort = new AbortController();
    if (this.isGivenUp) abort.abort();
    whenOver(this.rawResponse, () => {
      if (!this.rawResponse.writableEnded) abort.abort();
    });
    return abort;
  }
}
