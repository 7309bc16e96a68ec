/** Every answer the framework itself refuses a request with: `[status, message for the client]`. */
export const REFUSALS = {
  REQUEST_MALFORMED: [400, "Bad request"],
  HOST_REFUSED: [400, "Host not allowed"],
  TARGET_TOO_LONG: [414, "Request target too long"],
  HEADERS_TOO_LARGE: [431, "Request header fields too large"],
  TRANSFER_CODING_UNKNOWN: [501, "Transfer coding not supported"],
  HTTP_VERSION_UNSUPPORTED: [505, "HTTP version not supported"],
  EXPECTATION_FAILED: [417, "Expectation failed"],
  UPGRADE_REFUSED: [426, "Upgrade not supported here"],
  UPGRADE_REQUIRED: [426, "WebSocket required"],
  REQUEST_TIMEOUT: [408, "Request timeout"],
  CLIENT_GONE: [499, "Client closed request"],
  RATE_LIMITED: [429, "Rate limit exceeded"],
  SOCKETS_FULL: [429, "Too many open connections"],
  NOT_FOUND: [404, "Not found"],
  METHOD_NOT_ALLOWED: [405, "Method not allowed"],
  STORE_UNAVAILABLE: [503, "Service temporarily unavailable"],
  CROSS_SITE: [403, "Cross-site request refused"],
  TOKEN_MISSING: [401, "Authorization header required"],
  TOKEN_INVALID: [401, "Invalid or expired token"],
  API_KEY_MISSING: [401, "API key required"],
  API_KEY_INVALID: [403, "Invalid API key"],
  API_KEY_DEACTIVATED: [403, "API key has been deactivated"],
  API_KEY_EXPIRED: [403, "API key has expired"],
  TICKET_MISSING: [401, "Ticket or Authorization header required"],
  TICKET_INVALID: [401, "Invalid, expired or used ticket"],
  BODY_TOO_LARGE: [413, "Request body too large"],
  BODY_TYPE_UNSUPPORTED: [415, "Unsupported media type"],
  BODY_MALFORMED: [400, "Malformed request body"],
  CSRF_INVALID: [403, "Invalid form token. Please refresh and try again."],
  ROLE_REQUIRED: [403, "Forbidden"],
  VALIDATION_FAILED: [400, "Validation failed"],
  PASSWORD_UNUSABLE: [400, "Password cannot be used"],
  BUSY: [503, "Server is busy. Try again shortly."],
  HANDLER_TIMEOUT: [503, "The request took too long"],
  INTERNAL: [500, "Internal server error"],
} as const;

/** Every mistake of the program or its configuration that the framework names: what the code means. */
export const FAULTS = {
  SETTING_INVALID: "A setting has a value outside its type or range.",
  SETTING_CONFLICT: "Two settings contradict each other.",
  SECRET_WEAK: "SECRET is too short or is a published sample.",
  KEY_FILE_UNUSABLE: "secrets/jwt.key cannot be created, read, or trusted.",
  OPTION_UNKNOWN: "An options object has a key that does not exist.",
  OPTION_INVALID: "An option has a value outside its type or range.",
  PATTERN_INVALID: "A path pattern cannot be read.",
  ROUTE_DUPLICATE: "Two routes claim the same method and path.",
  ROUTE_CONTRADICTION: "The marks of one route exclude each other.",
  ROUTE_TOO_LATE: "A route was registered after the application had started.",
  MIDDLEWARE_UNKNOWN: "No middleware has this name.",
  MIDDLEWARE_INVALID: "This value, argument or hook result cannot act as middleware.",
  MIDDLEWARE_DUPLICATE: "Two different middleware have the same name.",
  MIDDLEWARE_NO_RESPONSE: "A middleware function returned no response.",
  MIDDLEWARE_NEXT_TWICE: "A middleware function called next more than once.",
  MIDDLEWARE_NEXT_MISUSED:
    "A middleware function called next with other objects than its own, or after it had answered.",
  HANDLER_NO_RESPONSE: "A handler returned nothing and produced no response.",
  WEBSOCKET_MISUSED: "A WebSocket was read twice, or given something that cannot be sent.",
  HEADER_INVALID: "A response header has a name or value that cannot be sent.",
  COOKIE_INVALID: "A cookie has a name, value or attribute that cannot be sent.",
  REDIRECT_UNSAFE: "A redirect would leave this site.",
  RESPONSE_INVALID: "A response was given a status or body that cannot be sent.",
  PROJECT_INVALID: "A file of the project could not be loaded or written.",
  MIGRATION_FAILED: "A migration cannot be read, applied or undone.",
  TEMPLATE_INVALID: "A template cannot be compiled, or prints where nothing can be made safe.",
  TEMPLATE_FAILED: "A template cannot be rendered with its data, or goes beyond a limit.",
  TEMPLATE_MISSING: "No template has this name.",
  TEMPLATE_TOO_LATE: "Something was registered for templates after the application had started.",
  PACKAGE_MISSING: "A setting needs an optional package that is not installed.",
  SERVER_UNREACHABLE: "A server that a setting names does not answer, or does not let the application in.",
  APPLICATION_CLOSED: "The application was closed.",
  FILE_EXISTS: "A file would have been overwritten.",
  PORT_UNAVAILABLE: "The server could not listen on its address.",
  TOKEN_PAYLOAD_INVALID: "A token payload cannot be signed.",
  SESSION_VALUE_INVALID: "A session cannot store this key or value.",
  SESSION_TOO_LARGE: "A session would hold more than 1 MB.",
  SESSION_READ_ONLY: "A route that is open to other sites changed its session.",
  SESSION_MISUSED: "A session was assigned to, or changed after it was saved.",
  SESSION_STORE_UNUSABLE: "The place where sessions are kept cannot be opened.",
  SESSION_RECORD_INVALID: "A session store was given a key or a record that it cannot keep.",
  RUNTIME_UNSAFE: "Node.js was started in a way that removes a protection.",
} as const;

export type RefusalCode = keyof typeof REFUSALS;
export type FaultCode = keyof typeof FAULTS;

/** What a client is told when a request is turned away. `HttpError` is one that can be thrown. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  /** Safe for the client: no path, SQL, secret or stack. */
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Further members of the JSON body, beside `error`. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  /** What the program may have forgotten, for the log alone. */
  readonly reason?: string | undefined;
}

/** The root of every error the framework throws. `message` teaches, `code` is for programs, `cause` is for the log. */
export class Tina4Error extends Error {
  readonly code: string;

  constructor(code: FaultCode | (string & {}), message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/**
 * An error that ends a request with a chosen status.
 *
 * @param status HTTP status, 400 to 599.
 * @param message Sent to the client as it is: never put a secret, a path or SQL in it.
 * @throws {RangeError} when the status is not an error status.
 * @example
 * ```ts
 * import { get, HttpError } from "tina4-ts";
 * get("/orders/{id:int}", () => {
 *   throw new HttpError(404, "Order not found");
 * });
 * ```
 */
export class HttpError extends Tina4Error implements Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>> | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(status: number, message: string, options: HttpErrorOptions = {}) {
    if (!Number.isInteger(status) || status < 400 || status > 599) {
      throw new RangeError(`HttpError needs a status from 400 to 599, not ${status}.`);
    }
    super(options.code ?? `HTTP_${status}`, message, { cause: options.cause });
    this.status = status;
    this.headers = options.headers;
    this.details = options.details;
  }
}

/** What else an error tells programs, the client and the log. */
export interface HttpErrorOptions {
  readonly code?: string | undefined;
  readonly cause?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

/** A refusal from the table, as a value: nothing is thrown and no stack is taken on the way to a 401. */
export function refuse(code: RefusalCode, extra?: Pick<Refusal, "headers" | "details">): Refusal {
  const [status, message] = REFUSALS[code];
  return { status, code, message, headers: extra?.headers, details: extra?.details };
}

/** A refusal where only an error gets out: from middleware functions, and from rooms that handlers call. */
export function refusalError({ status, message, code, headers, details }: Refusal, cause?: unknown): HttpError {
  return new HttpError(status, message, { code, cause, headers, details });
}

/**
 * Asks a store that can fail. That it cannot be reached must never look as if it had answered no.
 *
 * @throws {HttpError} 503 `STORE_UNAVAILABLE`, with the failure as its cause.
 * @throws {Tina4Error} what the store itself threw, if it was one.
 */
export async function askStore<T>(ask: () => T | Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    throw storeUnavailable(cause);
  }
}

/**
 * What a request ends with that needs a store which gives no answer.
 *
 * @param cause What went wrong. An error of the framework says it best itself, and is handed on as it is.
 */
export function storeUnavailable(cause: unknown): Tina4Error {
  if (cause instanceof Tina4Error) return cause;
  return refusalError(refuse("STORE_UNAVAILABLE"), cause);
}
