import type { IncomingMessage, ServerResponse } from "node:http";
import { type Refusal, refuse } from "../errors.ts";
import { Request, type RequestLender } from "../http/request.ts";
import { Response } from "../http/response.ts";
import type { ResponseLender } from "../http/response-lender.ts";
import type { Farewell } from "../middleware/planner.ts";
import { runSteps, type Step, type StepOutcome } from "../pipeline/step.ts";
import type { Connection } from "./connection.ts";
import type { ErrorResponder } from "./error-responder.ts";
import { Exchange } from "./exchange.ts";
import type { RequestWatch } from "./request-watch.ts";
import { sendResponse } from "./send-response.ts";
import { whenOver } from "./when-over.ts";

const TIMED_OUT = refuse("HANDLER_TIMEOUT");
const STALLED = refuse("REQUEST_TIMEOUT", { headers: { Connection: "close" } });
/** Nobody is there to get it: the log tells that this was no failure of the program. */
const STOPPED = refuse("CLIENT_GONE");

export interface DispatcherOptions {
  /** Everything that happens to a request, from the canonical check to the handler. */
  readonly steps: readonly Step[];
  /** Where a request that asks for a WebSocket goes through others. */
  readonly socketSteps: readonly Step[];
  /** What every response goes through last. */
  readonly farewells: readonly Farewell[];
  readonly lender: RequestLender;
  /** Headers that every response carries, names and values in turn. */
  readonly commonHeaders: readonly string[];
  readonly responseLender?: ResponseLender | undefined;
  readonly handlerTimeoutSeconds: number;
  readonly errorResponder: ErrorResponder;
  readonly requestWatch?: RequestWatch | undefined;
}

/**
 * Takes each request through its life and sees to it that it ends in exactly one response, whatever is thrown where.
 *
 * What is synchronous stays so: a request that waits for nothing is answered before `handle` returns.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  /** Exchanges that wait for something. */
  readonly #waiting = new Set<Exchange>();

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  /** Takes a request through all its steps. */
  handle(raw: IncomingMessage, rawResponse: ServerResponse, connection: Connection): void {
    this.#run(this.#options.steps, this.#open(raw, rawResponse, connection));
  }

  /** Takes a request that asks for a WebSocket through its own steps. */
  handleUpgrade(raw: IncomingMessage, rawResponse: ServerResponse, connection: Connection): void {
    this.#run(this.#options.socketSteps, this.#open(raw, rawResponse, connection));
  }

  #run(steps: readonly Step[], exchange: Exchange): void {
    let outcome: StepOutcome | Promise<StepOutcome>;
    try {
      outcome = runSteps(steps, exchange.request, exchange.response);
    } catch (error) {
      this.#fail(exchange, error);
      return;
    }
    if (outcome instanceof Promise) this.#wait(exchange, outcome);
    else this.#conclude(exchange, outcome);
  }

  /** Turns a request away before its first step. */
  refuse(raw: IncomingMessage, rawResponse: ServerResponse, connection: Connection, refusal: Refusal): void {
    this.#conclude(this.#open(raw, rawResponse, connection), refusal);
  }

  /** Lets a second pass for all who wait, and answers those whose time is up and those whose body does not come. */
  tick(): void {
    for (const exchange of this.#waiting) {
      const pace = exchange.pace();
      exchange.secondsWaited = pace === "fair" ? 0 : exchange.secondsWaited + 1;
      if (pace === "stalled") this.#endOverdue(exchange, STALLED);
      else if (exchange.secondsWaited >= this.#options.handlerTimeoutSeconds) this.#endOverdue(exchange, TIMED_OUT);
    }
  }

  #open(raw: IncomingMessage, rawResponse: ServerResponse, connection: Connection): Exchange {
    const request = new Request(raw, this.#options.lender);
    const response = new Response(request, this.#options.commonHeaders, this.#options.responseLender);
    return new Exchange(request, response, rawResponse, connection, this.#options.requestWatch?.start() ?? 0);
  }

  #wait(exchange: Exchange, pending: Promise<StepOutcome>): void {
    const { errorResponder } = this.#options;
    this.#waiting.add(exchange);
    exchange.wait();
    pending.then(
      (outcome) => {
        if (this.#waiting.delete(exchange)) this.#conclude(exchange, outcome);
        else errorResponder.tooLate(exchange.request);
      },
      (error) => {
        if (this.#waiting.delete(exchange)) this.#fail(exchange, error);
        else errorResponder.tooLate(exchange.request, exchange.wasStoppedBy(error) ? undefined : { error });
      },
    );
  }

  #conclude(exchange: Exchange, outcome: StepOutcome): void {
    const { request, response, rawResponse, connection } = exchange;
    if (outcome !== undefined && !(outcome instanceof Response) && !rawResponse.headersSent) {
      if (outcome.headers?.Connection !== undefined) connection.isClosing = true;
      this.#options.errorResponder.refuse(outcome, request, response);
    }
    this.#depart(exchange);
  }

  #fail(exchange: Exchange, error: unknown): void {
    const { errorResponder } = this.#options;
    if (exchange.wasStoppedBy(error)) errorResponder.refuse(STOPPED, exchange.request, exchange.response);
    else errorResponder.fail(error, exchange.request, exchange.response);
    this.#depart(exchange);
  }

  /** The client is answered first: whatever hangs may hang on the way out as well. */
  #endOverdue(exchange: Exchange, refusal: Refusal): void {
    this.#waiting.delete(exchange);
    if (refusal === STALLED) exchange.connection.isClosing = true;
    exchange.isGivenUp = true; // no cookie can follow this answer, so its page prints no form token
    this.#options.errorResponder.refuse(refusal, exchange.request, exchange.response);
    this.#send(exchange);
    exchange.giveUp();
    if (exchange.isDeparting) return;
    exchange.request.visit?.abandonChanges();
    this.#depart(exchange);
  }

  /** Does what steps left for the way out, and then sends the response. */
  #depart(exchange: Exchange, from = 0): void {
    exchange.isDeparting = true;
    const { departures } = exchange.response;
    const { farewells } = this.#options;
    const all = departures === undefined ? farewells : [...departures, ...farewells];
    for (let index = from; index < all.length; index += 1) {
      const leaving = this.#leave(exchange, all[index] as Farewell);
      if (leaving === undefined) continue;
      this.#waiting.add(exchange);
      leaving.then(() => {
        if (this.#waiting.delete(exchange)) this.#depart(exchange, index + 1);
      });
      return;
    }
    this.#send(exchange);
  }

  /** A departure that fails turns the answer into an error; those after it are made all the same. */
  #leave({ request, response }: Exchange, depart: Farewell): Promise<void> | undefined {
    const { errorResponder } = this.#options;
    try {
      const leaving = depart(request, response);
      if (!(leaving instanceof Promise)) return undefined;
      return leaving.catch((error) => errorResponder.fail(error, request, response));
    } catch (error) {
      errorResponder.fail(error, request, response);
      return undefined;
    }
  }

  #send(exchange: Exchange): void {
    if (exchange.isSent) return;
    exchange.isSent = true;
    const { request, response, rawResponse } = exchange;
    try {
      sendResponse(exchange, this.#failLate);
    } catch (error) {
      this.#failLate(error, request);
      response.discardBody();
      rawResponse.destroy();
    }
    for (const work of response.takeAftermath()) whenOver(rawResponse, work);
    if (this.#options.requestWatch !== undefined) whenOver(rawResponse, () => this.#noteEnd(exchange));
  }

  readonly #failLate = (error: unknown, request: Request): void => {
    this.#options.errorResponder.tooLate(request, { error });
  };

  /** Where the parser broke off, the status on the wire is not that of the response. */
  #noteEnd({ request, response, rawResponse, startedAt }: Exchange): void {
    const status = rawResponse.headersSent ? rawResponse.statusCode : response.statusCode;
    this.#options.requestWatch?.write(request, status, startedAt);
  }
}
