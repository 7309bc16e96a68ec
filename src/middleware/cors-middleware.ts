import type { Settings } from "../config/settings.ts";
import type { Request } from "../http/request.ts";
import type { Response } from "../http/response.ts";
import type { ArrivalPlanner } from "./planner.ts";

/** Response headers that a script of a listed origin may read. */
const EXPOSED = [
  "FreshToken",
  "X-Form-Token",
  "X-Request-ID",
  "X-RateLimit-Limit",
  "X-RateLimit-Remaining",
  "X-RateLimit-Reset",
  "Retry-After",
];
/** These let their reader act as the user, so a script of just any origin never sees them. */
const CREDENTIALS: readonly string[] = ["FreshToken", "X-Form-Token"];

const NO_HEADERS: readonly string[] = [];

export type CorsSettings = Pick<
  Settings,
  "TINA4_CORS_ORIGINS" | "TINA4_CORS_METHODS" | "TINA4_CORS_HEADERS" | "TINA4_CORS_MAX_AGE" | "TINA4_CORS_CREDENTIALS"
>;

/**
 * Tells browsers which other origins' scripts may read the answers. Without a listed origin there is no CORS header at all.
 *
 * It is active without registration.
 *
 * @see Fetch Standard §3.2, CWE-942
 */
export class CorsMiddleware {
  readonly #origins: readonly string[];
  readonly #isOpen: boolean;
  readonly #grant: readonly string[];
  readonly #preflightGrant: readonly string[];

  constructor(settings: CorsSettings) {
    this.#origins = settings.TINA4_CORS_ORIGINS;
    this.#isOpen = this.#origins.includes("*");
    const credentials =
      settings.TINA4_CORS_CREDENTIALS && !this.#isOpen ? ["Access-Control-Allow-Credentials", "true"] : [];
    const exposed = this.#isOpen ? EXPOSED.filter((name) => !CREDENTIALS.includes(name)) : EXPOSED;
    this.#grant = [...credentials, "Access-Control-Expose-Headers", exposed.join(",")];
    this.#preflightGrant = [
      ...credentials,
      ...["Access-Control-Allow-Methods", settings.TINA4_CORS_METHODS.join(",")],
      ...["Access-Control-Allow-Headers", settings.TINA4_CORS_HEADERS.join(",")],
      ...["Access-Control-Max-Age", String(settings.TINA4_CORS_MAX_AGE)],
    ];
  }

  /** Does nothing: CORS is active already, so listing the class is harmless. */
  static beforeCors(): void {}

  /** @param origin as a browser sends it, exactly: `https://app.example.com`. */
  allowedOrigin(origin: string): boolean {
    return this.#isOpen ? origin !== "null" : this.#origins.includes(origin);
  }

  /** Whether a browser asks if it may send the real request. */
  isPreflight(request: Request): boolean {
    const { headers } = request.raw;
    return (
      request.method === "OPTIONS" &&
      headers.origin !== undefined &&
      headers["access-control-request-method"] !== undefined
    );
  }

  /** Adds the CORS headers that this request's origin is entitled to, if any. */
  apply(request: Request, response: Response): void {
    response.stageAll(this.grantFor(request));
  }

  /** Names and values in turn. */
  protected grantFor(request: Request): readonly string[] {
    const { origin } = request.raw.headers;
    if (origin === undefined || !this.allowedOrigin(origin)) return NO_HEADERS;
    const grant = this.isPreflight(request) ? this.#preflightGrant : this.#grant;
    return ["Access-Control-Allow-Origin", this.#isOpen ? "*" : origin, ...grant];
  }
}

/** What every response says for caches to know: with listed origins, answers depend on the Origin header. */
export function corsHeaders({ TINA4_CORS_ORIGINS: origins }: CorsSettings): readonly string[] {
  return origins.length > 0 && !origins.includes("*") ? ["Vary", "Origin"] : [];
}

/** Stages the CORS headers, and answers a preflight, the same for every path. */
export const answerCors: ArrivalPlanner = ({ settings }) => {
  const cors = new CorsMiddleware(settings);
  return (request, response) => {
    cors.apply(request, response);
    return cors.isPreflight(request) ? response.noContent() : undefined;
  };
};
