import { STATUS_CODES } from "node:http";
import type { DebugPages, DebugReport } from "../debug/debug-pages.ts";
import { HttpError, type Refusal, refuse } from "../errors.ts";
import type { Request } from "../http/request.ts";
import type { Response } from "../http/response.ts";
import type { LogFields, Logger } from "../log/logger.ts";
import { loggedTarget } from "../middleware/logged-target.ts";
import type { ErrorPages } from "../pages/error-pages.ts";
import type { Core } from "../pipeline/compose.ts";
import { errorPage } from "./error-page.ts";

const INTERNAL = refuse("INTERNAL");
const NOT_FOUND = refuse("NOT_FOUND");

export interface ErrorResponderOptions {
  readonly log: Logger;
  /** What a developer on this machine is shown of an error; outside of debug there is nothing of the kind. */
  readonly debug?: DebugPages | undefined;
  readonly pages?: ErrorPages | undefined;
}

/** The only place that turns refusals and errors into answers. Each of them becomes one log entry. */
export class ErrorResponder {
  readonly #log: Logger;
  readonly #debug: DebugPages | undefined;
  readonly #pages: ErrorPages | undefined;

  constructor({ log, debug, pages }: ErrorResponderOptions) {
    this.#log = log;
    this.#debug = debug;
    this.#pages = pages;
  }

  /** Answers a request that was turned away. What its response held before is dropped; the headers of every answer stay. */
  refuse(refusal: Refusal, request: Request, response: Response): void {
    this.#logRefusal(refusal, request);
    const report = hasHiddenCause(refusal) ? this.#debug?.reportOf(refusal, refusal, request) : undefined;
    response.reset();
    this.#answer(refusal, report, request, response);
  }

  /** Answers a request in which something was thrown: an `HttpError` speaks for itself, of anything else the client learns nothing. */
  fail(error: unknown, request: Request, response: Response): void {
    if (isHttpError(error)) {
      this.refuse(error, request, response);
      return;
    }
    this.#logFailure(error, request);
    const report = this.#debug?.reportOf(error, INTERNAL, request);
    response.reset();
    this.#answer(INTERNAL, report, request, response);
  }

  /** Answers where no route is, in the midst of global middleware: what that has set on its way in stays. */
  readonly notFound: Core = (request, response) => {
    this.#logRefusal(NOT_FOUND, request);
    this.#answer(NOT_FOUND, undefined, request, response);
    return response;
  };

  /** Notes that a request came to an end, or to an error, after it had been answered. */
  tooLate(request: Request, failure?: { readonly error: unknown }): void {
    const { id, method } = request;
    const fields = { id, method, target: loggedTarget(request) };
    if (failure === undefined) this.#log.warn(fields, "answered too late");
    else this.#log.error({ ...fields, ...failure }, "failed too late");
  }

  #logFailure(error: unknown, request: Request): void {
    this.#debug?.noteFailure(error, INTERNAL, request);
    try {
      this.#log.error({ ...entryOf(INTERNAL, request), error }, "request failed");
    } catch {
      this.#log.error(entryOf(INTERNAL, request), "request failed, and what was thrown cannot be read");
    }
  }

  #logRefusal(refusal: Refusal, request: Request): void {
    this.#debug?.requests.stop(request, refusal);
    const cause = refusal instanceof HttpError && refusal.cause !== undefined ? { cause: refusal.cause } : {};
    const reason = refusal.reason === undefined ? {} : { reason: refusal.reason };
    this.#log[refusal.status < 500 ? "info" : "warn"]({ ...entryOf(refusal, request), ...reason, ...cause }, "refused");
  }

  #answer(refusal: Refusal, report: DebugReport | undefined, request: Request, response: Response): void {
    try {
      this.#write(refusal, report, request, response);
    } catch (error) {
      this.#log.error(
        { ...entryOf(refusal, request), error },
        "an HttpError has headers or details that cannot be sent",
      );
      response.reset();
      this.#write(INTERNAL, undefined, request, response);
    }
  }

  /** @see RFC 9457 */
  #write(refusal: Refusal, report: DebugReport | undefined, request: Request, response: Response): void {
    const { status, message, details } = refusal;
    response.header("Cache-Control", "no-store");
    for (const [name, value] of Object.entries(refusal.headers ?? {})) {
      if (refusal instanceof HttpError) response.header(name, value);
      else response.stage(name, value);
    }
    const debug = report === undefined ? {} : { debug: report.lines };
    if (request.wants("problem")) {
      const title = STATUS_CODES[status] ?? "Error";
      const problem = { type: "about:blank", title, status, detail: message, code: refusal.code, ...details, ...debug };
      response.json(problem, status).header("Content-Type", "application/problem+json");
    } else if (request.wants("html")) {
      const own = report?.page(response) ?? this.#pages?.render(refusal, request, response);
      response.html(own ?? errorPage(refusal, request.id), status);
    } else {
      response.json({ error: message, ...details, ...debug }, status);
    }
  }
}

/** Anything can be thrown, a revoked proxy too, and asking what that is throws. */
function isHttpError(error: unknown): error is HttpError {
  try {
    return error instanceof HttpError;
  } catch {
    return false;
  }
}

/** What a server is to blame for, and says to nobody but the log and the developer. */
function hasHiddenCause(refusal: Refusal): boolean {
  return refusal instanceof HttpError && refusal.status >= 500 && refusal.cause !== undefined;
}

function entryOf({ status, code }: Refusal, request: Request): LogFields {
  const { id, method, ip } = request;
  return { ...(id !== "" && { id }), status, code, method, target: loggedTarget(request), ip };
}
