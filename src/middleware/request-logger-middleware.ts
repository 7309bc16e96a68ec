import type { MatchedRoute, Request } from "../http/request.ts";
import type { Logger } from "../log/logger.ts";
import { REDACTED, scrubText } from "../log/scrub-text.ts";
import { loggedTarget } from "./logged-target.ts";

const MAX_TARGET_CHARACTERS = 2048;
const DECIMALS = 3;

/** What a request logger writes to. */
export interface RequestLoggerOptions {
  readonly log: Logger;
  /** `pretty`: one text; `json`: the same as members, with the request's id and the client's address. */
  readonly format: "json" | "pretty";
  /** Milliseconds since any moment, that never go back. */
  readonly monotonicNow: () => number;
  /** The routes whose requests are logged. Default: every request, with and without a route. */
  readonly routes?: ReadonlySet<MatchedRoute> | undefined;
}

/**
 * Logs one line per request when its exchange is over: `[RequestLogger] GET /api/users -> 200 (12.345ms)`.
 *
 * Registered for the whole application it sees every request, also those that are refused, time out or match no route; listed on a
 * group or a route, those of that group or route. Headers and bodies are never logged, and of the target no secret.
 *
 * @example
 * ```ts
 * import { createApp, RequestLoggerMiddleware } from "tina4-ts";
 * const lines: string[] = [];
 * const settings = { TINA4_LOG_FORMAT: "json", TINA4_LOG_LEVEL: "info" };
 * const app = createApp({ settings, logDestination: { write: (line) => lines.push(line) } });
 * app.use(RequestLoggerMiddleware).get("/users", () => []);
 * await app.dispatch({ path: "/users?token=abc", headers: { Host: "localhost" } });
 * JSON.parse(lines.at(-1) ?? "").target; // "/users?token=[redacted]"
 * ```
 * @see CWE-117, CWE-532, CWE-778
 */
export class RequestLoggerMiddleware {
  readonly #options: RequestLoggerOptions;

  constructor(options: RequestLoggerOptions) {
    this.#options = options;
  }

  /** Does nothing: a listed request logger stands around the whole exchange, not in the midst of the middleware. */
  static afterRequestLogger(): void {}

  /** The moment at which a request begins. */
  start(): number {
    return this.#options.monotonicNow();
  }

  /** @param startedAt as `start` gave it. */
  write(request: Request, status: number, startedAt: number): void {
    const { log, format, monotonicNow, routes } = this.#options;
    if (routes !== undefined && (request.route === null || !routes.has(request.route))) return;
    const milliseconds = (monotonicNow() - startedAt).toFixed(DECIMALS);
    const { id, method, ip } = request;
    const target = loggedTarget(request).slice(0, MAX_TARGET_CHARACTERS);
    if (format === "pretty") {
      log.info(line(method, target, `${status} (${milliseconds}ms)`));
    } else {
      const durationMs = Number(milliseconds);
      log.info({ ...(id !== "" && { id }), method, target, status, durationMs, ip }, "request");
    }
  }
}

/** After `/Cookie:` or `/token:` the logger would take the rest of the line, and the status in it, for a secret. */
function line(method: string, target: string, end: string): string {
  const text = `[RequestLogger] ${method} ${target} -> ${end}`;
  return scrubText(text) === text ? text : `[RequestLogger] ${method} ${REDACTED} -> ${end}`;
}
